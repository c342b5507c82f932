"""`otklik okr lint FILE [--log LOG]`: what weakens the goals in a file; exit code 1 when an error was found."""

import json
from pathlib import Path
from typing import Any

import click

from otklik.base.text import LANGUAGES, N_, Words
from otklik.cli.okr_options import as_of_option, grading_of
from otklik.cli.options import calendar_option, command
from otklik.schemas.coach import SEVERITIES
from otklik.schemas.coach_words import TITLES


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters: list[click.Parameter] = [
        click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
        click.Option(["--json", "as_json"], is_flag=True, help=say(N_("Print the findings as JSON."))),
        click.Option(["--log"], type=click.Path(path_type=Path, file_okay=False), metavar="LOG",
                     help=say(N_("Judge by the log in this folder too: rules D1 to D6."))),
        calendar_option(words),
        click.Option(["--tz"], metavar="ZONE", help=say(N_("The company's time zone, like Europe/Moscow."))),
        as_of_option(words),
        click.Option(["--off"], multiple=True, metavar="RULE", help=say(N_("Leave a rule out; may be repeated."))),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(N_("Language: en or ru."))),
    ]  # fmt: skip
    text = N_("Say what weakens the goals in a TOML, JSON, CSV or XLSX file.")
    return command("lint", say(text), parameters, lambda given: _lint(words, given))


def _lint(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.lint_goals import lint_goals, lint_graded_goals

    off = [rule.upper() for rule in given["off"]]
    if given["log"] is None:
        linted = lint_goals(given["file"], off=off)
    else:
        linted = lint_graded_goals(grading_of(words, given), off=off)
    if given["as_json"]:
        click.echo(json.dumps(_as_json(linted, words), ensure_ascii=False, indent=2))
    else:
        _show(linted, words)
    if linted.has_errors:
        click.get_current_context().exit(1)


def _as_json(linted: Any, words: Words) -> dict[str, Any]:
    """Findings as they are, each with its words; strengths in the order of the objectives."""
    from otklik.report.told_findings import remark_of

    return {
        "findings": [
            one.model_dump(mode="json") | {"said": remark_of(one.key, one.facts, words)} for one in linted.findings
        ],
        "strengths": [strength.score for strength in linted.strengths],
        "by_data": linted.by_data,
    }


def _show(linted: Any, words: Words) -> None:
    from otklik.report.told_findings import place_of, remark_of, text_at, underlined

    for finding in linted.findings:
        head = f"{finding.rule} {words.say(SEVERITIES[finding.severity])}"
        click.echo(f"{place_of(finding.place, words)}: {head}: {words.say(TITLES[finding.rule])}")
        text = text_at(linted.cycle, finding.place)
        for line in underlined(finding, text) if text else ():
            click.echo(f"    {line}")
        click.echo(f"  {remark_of(finding.key, finding.facts, words)}")
        if finding.waived is not None:
            click.echo(f"  {words.say(N_('Waived: %(reason)s'), reason=finding.waived.reason)}")
        click.echo()
    for objective, strength in zip(linted.cycle.objectives, linted.strengths, strict=True):
        click.echo(words.say(N_("%(score)s of 100: %(title)s"), score=strength.score, title=objective.title))
    counted = [one for one in linted.findings if one.waived is None]
    click.echo(words.count("%(n)s finding", "%(n)s findings", len(counted)))
    if not linted.by_data:
        click.echo(words.say(N_("Rules on data (D1 to D6) were left out; --log LOG lets them judge.")))
