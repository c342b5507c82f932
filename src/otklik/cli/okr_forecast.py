"""`otklik okr forecast FILE [LOG]`: what key results take and how likely they are; code 1 with --strict if unlikely."""

import json
from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.okr_options import file_argument, grading_of, log_parameters
from otklik.cli.options import command


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    text = N_("Say what the goals in FILE take from now on, and how likely they are if things go on as they do.")
    strict = N_("Leave with code 1 when a committed goal is lost, or likelier missed than reached.")
    option = click.Option(["--strict"], is_flag=True, help=words.say(strict))
    parameters = [file_argument(), *log_parameters(words), option]
    return command("forecast", words.say(text), parameters, lambda given: _forecast(words, given))


def _forecast(words: Words, given: dict[str, Any]) -> None:
    from dataclasses import replace

    from otklik.actions.grade_cycle import grade_cycle
    from otklik.actions.tabulate_goals import is_likely_lost

    now = grade_cycle(replace(grading_of(words, given), with_gaming=False))
    if given["as_json"]:
        click.echo(json.dumps(_as_json(now), ensure_ascii=False, indent=2))
    else:
        _show(words, now)
    if given["strict"] and is_likely_lost(now):
        click.get_current_context().exit(1)


def _as_json(now: Any) -> dict[str, Any]:
    parts = {"needed", "forecast"}
    return {
        "on": now.on.isoformat(),
        "key_results": {
            one.key_result.id: one.model_dump(mode="json", include=parts)
            for objective in now.objectives
            for one in objective.key_results
        },
        "objectives": {
            one.objective.id: None if one.forecast is None else one.forecast.model_dump(mode="json")
            for one in now.objectives
        },
    }


def _show(words: Words, now: Any) -> None:
    from otklik.charts.speech import Speech
    from otklik.report.told_goals import end_told, objective_told, outlook_told

    speech = Speech(words.language)
    for objective in now.objectives:
        click.echo(f"{objective.objective.id}  {objective.objective.title}")
        for one in objective.key_results:
            click.echo(f"  {one.key_result.id}  {one.key_result.title}")
            told = [
                *outlook_told(one.key_result, one.needed, one.forecast, speech, confidence=one.confidence),
                end_told(one.key_result, one.forecast, speech) if one.forecast else "",
            ]
            for line in filter(None, told):
                click.echo(f"      {line}")
        for line in objective_told(objective.forecast, speech):
            click.echo(f"  {line}")
        click.echo()
