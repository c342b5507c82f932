"""`otklik okr export FILE --out OUT`: the same goals in another format."""

from pathlib import Path
from typing import Any

import click

from otklik.base.text import LANGUAGES, N_, Words
from otklik.cli.okr_options import file_argument
from otklik.cli.options import command


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters: list[click.Parameter] = [
        file_argument(),
        click.Option(["--out"], required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="OUT",
                     help=say(N_("Where to write the goals: .toml, .json, .csv or .xlsx."))),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(N_("Language: en or ru."))),
    ]  # fmt: skip
    text = N_("Write the goals of a TOML, JSON, CSV or XLSX file as another of these.")
    return command("export", say(text), parameters, lambda given: _export(words, given))


def _export(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.read_goals import read_goals
    from otklik.actions.write_goals import write_goals

    write_goals(read_goals(given["file"]), given["out"], language=words.language)
    click.echo(words.say(N_("The goals: %(file)s"), file=str(given["out"])))
