"""What the commands on goals share: the file of goals, the log they are measured by, the day as of which."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from otklik.base.text import LANGUAGES, N_, Words
from otklik.cli.log import DEFAULT_FOLDER
from otklik.cli.options import calendar_option, instant_of

if TYPE_CHECKING:
    from otklik.actions.gradings import Grading
    from otklik.actions.measure_goals import GoalRuler


def file_argument() -> click.Argument:
    """The file of goals."""
    return click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE")


def log_parameters(words: Words) -> list[click.Parameter]:
    """The folder of a log, by which hours and up to when it is measured, how the answer is shown."""
    return [*log_arguments(words), as_of_option(words), *shown_parameters(words)]


def log_arguments(words: Words) -> list[click.Parameter]:
    """The folder of a log, and by which hours it is measured."""
    say = words.say
    folder = click.Path(path_type=Path, file_okay=False)
    return [
        click.Argument(["log"], type=folder, required=False, default=DEFAULT_FOLDER, envvar="OTKLIK_LOG",
                       metavar="[LOG]"),
        calendar_option(words),
        click.Option(["--tz"], metavar="ZONE", help=say(N_("The company's time zone, like Europe/Moscow."))),
    ]  # fmt: skip


def as_of_option(words: Words) -> click.Option:
    """The day as of which."""
    text = N_("The day as of which; by default the last one the log knows.")
    return click.Option(["--as-of"], metavar="DATE", help=words.say(text))


def shown_parameters(words: Words) -> list[click.Parameter]:
    """How the answer is shown."""
    return [
        click.Option(["--json", "as_json"], is_flag=True, help=words.say(N_("Print everything as JSON."))),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=words.say(N_("Language: en or ru."))),
    ]


def ruler_of(words: Words, given: dict[str, Any]) -> "GoalRuler":
    """The log, measured now where it was not."""
    from otklik.actions.measure_goals import GoalRuler
    from otklik.actions.measure_speed import Yardstick
    from otklik.cli.showing import shown_progress

    yardstick = Yardstick(given["calendar"], time_zone=given["tz"])
    with shown_progress(words) as progress:
        return GoalRuler.of(given["log"], yardstick, zone=given["tz"], progress=progress)


def grading_of(words: Words, given: dict[str, Any]) -> "Grading":
    """The goals of the file as of the day, with what was said of them in its journal."""
    from otklik.actions.check_in import read_check_ins, with_ids
    from otklik.actions.gradings import Grading
    from otklik.actions.read_goals import read_goals

    cycle = with_ids(read_goals(given["file"]))
    ruler = ruler_of(words, given)
    return Grading(ruler, cycle, day_of(given["as_of"]) or ruler.day_of(ruler.as_of), read_check_ins(given["file"]))


def day_of(text: str | None) -> date | None:
    """The day of a date or an instant; raises UnreadableInstant."""
    at = instant_of(text, None)
    return None if at is None else at.date()
