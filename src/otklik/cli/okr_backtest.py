"""`otklik okr backtest FILE [LOG]`: the same key results graded on the cycles before, as far as the log goes."""

from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.okr_options import file_argument, grading_of, log_parameters
from otklik.cli.options import command


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    cycles = click.Option(["--cycles"], type=click.IntRange(1, 40), default=4, show_default=True,
                          help=say(N_("How many cycles to look back.")))  # fmt: skip
    text = N_("Grade the goals in FILE on the cycles before them: was the target ever reached, how far did it move.")
    parameters = [file_argument(), *log_parameters(words), cycles]
    return command("backtest", say(text), parameters, lambda given: _backtest(words, given))


def _backtest(words: Words, given: dict[str, Any]) -> None:
    import json

    from otklik.actions.backtest_goal import backtest_goal

    grading = grading_of(words, given)
    every = [
        told
        for objective in grading.cycle.objectives
        for one in objective.key_results
        if (told := backtest_goal(grading, one, cycles=given["cycles"])) is not None
    ]
    if given["as_json"]:
        click.echo(json.dumps([told.model_dump(mode="json") for told in every], ensure_ascii=False, indent=2))
        return
    _show(words, every)


def _show(words: Words, every: list[Any]) -> None:
    from otklik.charts.speech import Speech
    from otklik.report.told_goals import past_lines

    if not every:
        click.echo(words.say(N_("No key result of this file is measured by a log.")))
    speech = Speech(words.language)
    for told in every:
        click.echo(f"{told.key_result.id}  {told.key_result.title}")
        for line in past_lines(told, speech):
            click.echo(f"      {line}")
        click.echo()
