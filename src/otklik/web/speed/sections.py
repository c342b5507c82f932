"""Write a section of a view once for each language; what names single requests is only for those who may open them."""

from typing import Any

from otklik.report import render_section, section
from otklik.schemas.results import Report
from otklik.web.access import Right, may
from otklik.web.looking import Looking
from otklik.web.speed.pages import PARTS


def sees_every_request(person: Any) -> bool:
    """Whether a person may open any single request of the company."""
    return may(person, Right.SEE_REQUESTS) and person.sees_teams() is None


def write_section(looking: Looking, name: str, language: str, *, with_requests: bool) -> str:
    """Write a section, or give what was written before."""

    def make() -> str:
        report = looking.report(PARTS[name])
        return render_section(section(report if with_requests else without_requests(report), name, language), language)

    return looking.once("section", [name, with_requests], make)


def known_section(looking: Looking, name: str, *, with_requests: bool) -> str | None:
    """What was written before, or None."""
    return looking.known("section", [name, with_requests])


def without_requests(report: Report) -> Report:
    """The same figures without a word on single requests."""
    waiting = report.waiting and report.waiting.model_copy(update={"longest": []})
    signs = [sign.model_copy(update={"examples": []}) for sign in report.quality.signs]
    quality = report.quality.model_copy(update={"signs": signs})
    return report.model_copy(update={"waiting": waiting, "longest": [], "quality": quality})
