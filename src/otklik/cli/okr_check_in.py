"""`otklik okr check-in FILE --kr ID`: what people say of a key result, written behind what was said before."""

from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.okr_options import day_of, file_argument, shown_parameters
from otklik.cli.options import command


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters: list[click.Parameter] = [
        file_argument(),
        click.Option(["--kr", "key_result"], required=True, metavar="ID",
                     help=say(N_("Which key result: its id, or its place, like 1.2."))),
        click.Option(["--value"], help=say(N_("Its number, where no log measures it: 48%, 45m, 12."))),
        click.Option(["--confidence"], type=click.FloatRange(0, 1),
                     help=say(N_("How sure you are that it will be reached, from 0 to 1."))),
        click.Option(["--note"], default="", help=say(N_("What helps, what is in the way."))),
        click.Option(["--by"], default="", help=say(N_("Who says so."))),
        click.Option(["--as-of"], metavar="DATE", help=say(N_("The day it is said of; by default today."))),
        *shown_parameters(words),
    ]  # fmt: skip
    text = N_("Write down how a key result goes and how sure you are. The journal beside FILE only grows.")
    return command("check-in", say(text), parameters, lambda given: _check_in(words, given))


def _check_in(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.check_in import check_in, find_key_result, read_number, today, with_ids
    from otklik.actions.read_goals import read_goals
    from otklik.schemas.goal_results import CheckIn

    cycle = with_ids(read_goals(given["file"]))
    key_result = find_key_result(cycle, given["key_result"])
    said = CheckIn(
        key_result=key_result.id,
        day=day_of(given["as_of"]) or today(),
        value=None if given["value"] is None else read_number(given["value"], key_result.unit),
        confidence=given["confidence"],
        note=given["note"],
        by=given["by"],
    )
    journal = check_in(given["file"], cycle, said)
    if given["as_json"]:
        click.echo(said.model_dump_json(indent=2))
    else:
        click.echo(words.say(N_("Written down: %(title)s. The journal: %(file)s"), title=key_result.title,
                             file=str(journal)))  # fmt: skip
