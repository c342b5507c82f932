"""`otklik restore FILE`: a backup into a new folder."""

from pathlib import Path
from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.options import command
from otklik.cli.serve import folder_option
from otklik.cli.showing import shown_progress


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    parameters = [
        click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False, exists=True)),
        folder_option(words),
    ]
    text = N_("Unpack a backup into a new folder and check every file of it.")
    return command("restore", words.say(text), parameters, lambda given: _restore(words, given))


def _restore(words: Words, given: dict[str, Any]) -> None:
    from otklik.web.backup import restore

    with shown_progress(words) as progress:
        n = restore(given["file"], given["folder"], progress)
    click.echo(words.say(N_("%(n)s files restored and checked."), n=n))
    click.echo(words.say(N_("Start it with:  %(command)s"), command=f"otklik serve --data {given['folder']}"))
