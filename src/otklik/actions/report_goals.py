"""A report on a cycle of goals: one page or one paper that explains every number in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.base.errors import UserError
from otklik.base.files import whole_file
from otklik.base.text import N_
from otklik.schemas.goal_curves import GoalCurve
from otklik.schemas.goal_results import CycleNow
from otklik.schemas.goal_stories import CycleStory, RecordedGrade, RetroQuestion

FORMATS: Final = ("html", "pdf")
_SIMULATED: Final = "simulated"


class UnknownReportFormat(UserError):
    """A kind of file that a report on goals cannot be written as: facts `file`."""

    code = "unknown-goals-report-format"
    message = N_("%(file)s: a report on goals is written as html or pdf.")
    hint = N_("Give the file one of these endings.")


def report_goals(
    grading: Grading,
    *,
    company: str = "",
    grades: Sequence[RecordedGrade] = (),
    retrospective: Sequence[RetroQuestion] = (),
) -> CycleStory:
    """Measure, grade and foresee a cycle, with the weeks of every key result and what was recorded at its end."""
    now = grade_cycle(grading)
    return CycleStory(
        now=now,
        curves=curves_of(now),
        grades=tuple(grades),
        retrospective=tuple(retrospective),
        company=company,
        zone=grading.ruler.zone,
        is_simulated=any(one.source.startswith(_SIMULATED) for one in grading.ruler.shelf.snapshot.sources),
    )


def curves_of(now: CycleNow) -> dict[str, GoalCurve]:
    """The weeks of every key result that has any, by its id."""
    from otklik.goals.curve import curve_of

    every = [part for one in now.objectives for part in one.key_results]
    found = {part.key_result.id: curve_of(part, now.cycle, now.on) for part in every}
    return {id_: one for id_, one in found.items() if one is not None}


def write_goals_report(story: CycleStory, path: Path, *, language: str = "en") -> None:
    """Write the report as HTML or PDF by the ending; raises UnknownReportFormat, CannotWrite."""
    content = goals_report(story, format_of(path), language=language)
    with whole_file(path) as temporary:
        temporary.write_bytes(content)


def format_of(path: Path) -> str:
    """What the ending of a file says it is; raises UnknownReportFormat."""
    format = path.suffix.lower().lstrip(".")
    if format not in FORMATS:
        raise UnknownReportFormat(file=str(path))
    return format


def goals_report(story: CycleStory, format: str, *, language: str = "en") -> bytes:
    """The report as the bytes of a file; `format` is one of FORMATS."""
    if format == "pdf":
        from otklik.report.goals_print import render_story_pdf

        return render_story_pdf(story, language)
    from otklik.report.goals_page import render_goals_html

    return render_goals_html(story, language).encode()
