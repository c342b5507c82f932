"""`otklik okr report FILE [LOG]`: the whole cycle as one page or one paper, with every number explained."""

from pathlib import Path
from typing import Any

import click

from otklik.base.text import LANGUAGES, N_, Words
from otklik.cli.okr_options import as_of_option, file_argument, grading_of, log_arguments
from otklik.cli.options import command

DEFAULT_OUT = Path("otklik-goals.html")


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters = [
        file_argument(),
        *log_arguments(words),
        as_of_option(words),
        click.Option(["--company"], metavar="NAME", default="", help=say(N_("Whose goals these are."))),
        click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", default=DEFAULT_OUT,
                     help=say(N_("Where to write it: .html or .pdf (otklik-goals.html)."))),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(N_("Language: en or ru."))),
    ]  # fmt: skip
    text = N_(
        "Write one page (or one PDF) on the goals in FILE: grades, chances, pictures, how each number came about."
    )
    return command("report", say(text), parameters, lambda given: _report(words, given))


def _report(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.report_goals import format_of, report_goals, write_goals_report

    format_of(given["out"])
    story = report_goals(grading_of(words, given), company=given["company"])
    write_goals_report(story, given["out"], language=words.language)
    click.echo(words.say(N_("The whole report: %(file)s"), file=str(given["out"])))
