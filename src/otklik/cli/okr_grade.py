"""`otklik okr grade FILE [LOG]`: every key result measured and graded; exit code 1 with --strict when one is lost."""

from pathlib import Path
from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.okr_options import file_argument, grading_of, log_parameters
from otklik.cli.options import command


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters = [
        file_argument(),
        *log_parameters(words),
        click.Option(["--strict"], is_flag=True,
                     help=say(N_("Leave with code 1 when a committed goal is lost or something is broken for sure."))),
        click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                     help=say(N_("Write the grades as a table too: .csv or .xlsx."))),
    ]  # fmt: skip
    text = N_("Measure and grade the goals in FILE by the log in the folder LOG (otklik-log, or OTKLIK_LOG).")
    return command("grade", say(text), parameters, lambda given: _grade(words, given))


def _grade(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.grade_cycle import grade_cycle
    from otklik.actions.tabulate_goals import is_lost, write_grades

    now = grade_cycle(grading_of(words, given))
    if given["out"]:
        write_grades(now, given["out"], language=words.language)
    if given["as_json"]:
        click.echo(now.model_dump_json(indent=2))
    else:
        _show(words, now)
    if given["strict"] and is_lost(now):
        click.get_current_context().exit(1)


def _show(words: Words, now: Any) -> None:
    from otklik.charts.speech import Speech
    from otklik.report.told_goals import grade_told, health_line, key_result_lines

    for objective in now.objectives:
        grade = objective.grade
        zone = next((kr.reading.basis.zone for kr in objective.key_results if kr.reading), "UTC")
        speech = Speech(words.language, zone=zone)
        told = grade_told(grade.value, grade.low, grade.high, speech)
        click.echo(f"{objective.objective.id}  {objective.objective.title}: {told}")
        for one in objective.key_results:
            click.echo(f"  {one.key_result.id}  {one.key_result.title}")
            for line in key_result_lines(one, speech):
                click.echo(f"      {line}")
        for health in objective.health:
            click.echo(f"  {'!' if health.broken else '-'}  {health_line(health, speech)}")
        click.echo()
