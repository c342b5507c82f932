"""`otklik okr propose [LOG] --out FILE`: a first cycle drawn from the log, its numbers bound to it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.okr_options import day_of, log_parameters, ruler_of
from otklik.cli.options import command


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters = [
        *log_parameters(words),
        click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                     help=say(N_("Where to write the goals: .toml, .json, .csv or .xlsx."))),
        click.Option(["--owner"], default="", help=say(N_("Who answers for them."))),
        click.Option(["--start"], metavar="DATE", help=say(N_("First day; by default that of the next quarter."))),
        click.Option(["--end"], metavar="DATE", help=say(N_("Last day; by default that of the same quarter."))),
    ]  # fmt: skip
    text = N_("Propose three goals where your customers wait most, with numbers that LOG measures by itself.")
    return command("propose", say(text), parameters, lambda given: _propose(words, given))


def _propose(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.find_goals import Proposing
    from otklik.actions.propose_goals import propose_goals
    from otklik.actions.write_goals import goals_json, write_goals

    ruler = ruler_of(words, given)
    start = day_of(given["start"]) or next_quarter(day_of(given["as_of"]) or ruler.day_of(ruler.as_of))
    end = day_of(given["end"]) or next_quarter(start) - timedelta(days=1)
    cycle = propose_goals(Proposing(ruler, start, end, owner=given["owner"], language=words.language))
    if given["out"]:
        write_goals(cycle, given["out"], language=words.language)
    if given["as_json"]:
        click.echo(goals_json(cycle), nl=False)
        return
    for objective in cycle.objectives:
        click.echo(f"{objective.id}  {objective.title}\n   {objective.why}")
        for one in objective.key_results:
            click.echo(f"  {one.id}  {one.title}")
        for health in objective.health:
            click.echo(f"  -  {health.title}")
        click.echo()
    if given["out"]:
        click.echo(words.say(N_("The goals: %(file)s"), file=str(given["out"])))


def next_quarter(day: date) -> date:
    """The first day of the quarter after a day.

    >>> next_quarter(date(2026, 11, 3))
    datetime.date(2027, 1, 1)
    """
    month = 3 * ((day.month - 1) // 3) + 4
    return date(day.year + month // 13, month if month < 13 else 1, 1)
