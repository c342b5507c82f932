"""The nine questions, in the order in which they are read."""

from otklik.charts import Speech
from otklik.report.blocks import Section
from otklik.report.sections.barriers import barriers
from otklik.report.sections.change import change
from otklik.report.sections.fast import fast
from otklik.report.sections.longest import longest
from otklik.report.sections.quality import quality
from otklik.report.sections.waiting import waiting
from otklik.report.sections.when import when
from otklik.report.sections.where import where
from otklik.report.sections.who import who
from otklik.schemas.results import Report


def sections(report: Report, speech: Speech) -> list[Section]:
    """Write every section."""
    return [
        question(report, speech) for question in (fast, waiting, where, when, who, change, barriers, longest, quality)
    ]
