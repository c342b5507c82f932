"""Write a section of a view once for each language; what names single requests is only for those who may open them."""

from dataclasses import replace
from typing import Any

from otklik.actions.leave_out_requests import leave_out_requests
from otklik.charts import Speech
from otklik.report import Section, render_section, section
from otklik.report.blocks import Notice
from otklik.schemas.results import Report
from otklik.web.access import Right, may
from otklik.web.looking import Looking
from otklik.web.speed.drilling import with_ways
from otklik.web.speed.pages import PARTS, counted


def sees_every_request(person: Any) -> bool:
    """Whether a person may open any single request of the company."""
    return may(person, Right.SEE_REQUESTS) and person.sees_teams() is None


def write_section(looking: Looking, name: str, language: str, *, with_requests: bool) -> str:
    """Write a section, or give what was written before."""

    def make() -> str:
        report = looking.report(PARTS[name], counted(name, looking.view))
        told = section(report if with_requests else leave_out_requests(report), name, language)
        if with_requests and name == "who":
            told = with_ways(told, report, looking.view, Speech.about(report, language))
        return render_section(with_sample(told, report, language), language)

    return looking.once("section", [name, with_requests], make)


def known_section(looking: Looking, name: str, *, with_requests: bool) -> str | None:
    """What was written before, or None."""
    return looking.known("section", [name, with_requests])


def with_sample(told: Section, report: Report, language: str) -> Section:
    """Say so where the figures come from a part of the requests."""
    if report.log.sampled is None:
        return told
    speech = Speech.about(report, language)
    words = speech.say(
        "So big a log is looked at through a part drawn by lot: %(part)s of %(all)s requests.",
        part=speech.format.number(report.log.sampled), all=speech.format.number(report.log.requests),
    )  # fmt: skip
    return replace(told, blocks=[Notice(words), *told.blocks])
