"""The nine questions, in the order in which they are read."""

from collections.abc import Callable

from otklik.charts import Speech
from otklik.report.blocks import Section
from otklik.report.sections.barriers import barriers
from otklik.report.sections.change import change
from otklik.report.sections.fast import fast
from otklik.report.sections.longest import longest
from otklik.report.sections.more_measures import more_measures
from otklik.report.sections.quality import quality
from otklik.report.sections.waiting import waiting
from otklik.report.sections.when import when
from otklik.report.sections.where import where
from otklik.report.sections.who import who
from otklik.schemas.results import Report

QUESTIONS: dict[str, Callable[[Report, Speech], Section]] = {
    "fast": fast, "waiting": waiting, "where": where, "when": when, "who": who, "change": change,
    "barriers": barriers, "longest": longest, "quality": quality,
}  # fmt: skip
"""Each reads its own part of the report alone, and says so where that part is missing."""

ON_DEMAND: dict[str, Callable[[Report, Speech], Section]] = {"more_measures": more_measures}
"""Parts of a question that a page may leave for later; the whole report has them where they belong."""


def sections(report: Report, speech: Speech) -> list[Section]:
    """Write every section."""
    return [question(report, speech) for question in QUESTIONS.values()]


def section(report: Report, question: str, language: str) -> Section:
    """Write one section by its name (`fast`, `waiting` ...) in 'en' or 'ru'."""
    return (QUESTIONS | ON_DEMAND)[question](report, Speech.about(report, language))
