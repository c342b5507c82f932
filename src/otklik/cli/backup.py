"""`otklik backup FILE`: everything of an installation in one file, while it is in use."""

from pathlib import Path
from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.options import command
from otklik.cli.serve import folder_option
from otklik.cli.showing import shown_progress


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    parameters = [click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False)), folder_option(words)]
    text = N_("Write people, rules, log and keys into one file; nobody has to stop working.")
    return command("backup", words.say(text), parameters, lambda given: _back_up(words, given))


def _back_up(words: Words, given: dict[str, Any]) -> None:
    from otklik.web.backup import back_up

    with shown_progress(words) as progress:
        back_up(given["folder"], given["file"], progress)
    click.echo(words.say(N_("Written: %(file)s. It holds secrets; keep it where nobody else can read it."),
                         file=str(given["file"])))  # fmt: skip
