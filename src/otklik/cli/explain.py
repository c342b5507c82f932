"""`otklik explain FILE --request ID --measure first_reply`: the interval list behind a number."""

from typing import Any

import click

from otklik.actions.explain_wait import explain_wait
from otklik.actions.import_log import import_log
from otklik.base.text import N_, Words
from otklik.cli.options import calendar_option, command, record_options, records_of, yardstick_of
from otklik.cli.showing import shown_progress


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters = [
        *record_options(words),
        calendar_option(words),
        click.Option(["--request"], required=True, help=say(N_("The request's number, exactly as in the records."))),
        click.Option(["--measure"], default="first_reply", show_default=True, help=say(N_("Which measure."))),
    ]
    text = N_("Show from when to when was counted for one request, what was not counted, and why.")
    return command("explain", say(text), parameters, lambda given: _explain(words, given))


def _explain(words: Words, given: dict[str, Any]) -> None:
    with shown_progress(words) as progress:
        log = import_log(records_of(given), progress)
        found = explain_wait(log, given["request"], given["measure"], yardstick_of(given))
    from otklik.report import render_explanation

    for explanation in found:
        click.echo(render_explanation(explanation, words.language, time_zone=given["tz"] or "UTC"))
