import json
from datetime import timedelta

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.findings import build_report
from otklik.findings.slicing import UnknownColumn
from otklik.measures import measure_log
from otklik.measures.catalog import MEASURES
from otklik.schemas.calendars import Calendar, CalendarBook
from otklik.schemas.events import Can
from otklik.schemas.results import Report
from otklik.schemas.targets import Target
from tests.findings.cases import OFFICE, STEPS, at, evidence_of, log_of, many


def _report(evidence, **how):
    return build_report(evidence.log, evidence.measured, **how)


def test_a_desk_gets_every_section():
    report = _report(
        many(600, calendar=OFFICE),
        targets=[Target(measure="first_reply", within_s=14_400, share=0.9)],
        time_zone="Europe/Moscow",
        language="ru",
        calendar_name="office",
    )
    assert report.headline == "first_reply"
    assert report.log.requests == 600
    assert report.log.read == report.log.kept + report.log.quarantined + report.log.duplicates
    assert None not in (report.waiting, report.where, report.when, report.trend, report.barriers)
    assert report.slices
    assert len(report.longest) == 10
    assert report.targets[0].n == 600
    assert report.settings.calendar_summary == ["mon-fri 09:00-18:00 UTC"]
    assert report.settings.language == "ru"


def test_the_report_survives_being_written_and_read():
    report = _report(many(120))
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_a_process_gets_the_parts_that_apply():
    lines = (
        "P1 2025-03-03 10:00 step:Apply\nP1 2025-03-04 10:00 resolved activity=Grant\nP2 2025-03-05 10:00 step:Apply"
    )
    report = _report(evidence_of(lines, can=STEPS, is_process=True))
    assert (report.headline, report.log.is_process, report.waiting.basis) == ("resolution", True, "resolution")
    assert "first_reply" in report.quality.missing
    assert report.where.by_step


def test_a_log_of_dates_only_gets_what_it_can_tell():
    report = _report(evidence_of("R1 2025-03-03 10:00 created\nR1 2025-03-04 10:00 resolved", can=Can.resolution))
    assert report.measures["resolution"].elapsed.n == 1
    assert report.measures["first_reply"].elapsed is None
    assert report.where.turns == []


def test_an_empty_log_gets_an_empty_report():
    report = _report(evidence_of(""))
    assert (report.log.requests, report.waiting, report.where, report.trend) == (0, None, None, None)
    assert report.longest == []


def test_a_question_about_an_unknown_column_is_refused():
    with pytest.raises(UnknownColumn):
        _report(many(30), by=["colour"])


HOURS = {day: ((32_400, 64_800),) for day in range(5)}
ALWAYS = {day: ((0, 86_400),) for day in range(7)}
BOOKS = {
    "office": OFFICE,
    "teams only": CalendarBook(
        {"a": (Calendar("a", "UTC", HOURS),), "b": (Calendar("b", "UTC", ALWAYS),)}, None, {"first": "a", "night": "b"}
    ),
}
STEP = st.sampled_from(
    ["reply", "writes", "auto", "note", "assigned assignee=ann team=first", "assigned assignee=bob team=night",
     "assigned", "waiting_customer", "waiting_third_party", "open", "resolved", "closed", "cancelled", "deleted"]
)  # fmt: skip
START = at("2025-03-03 09:00")


@st.composite
def requests(draw):
    """(minutes after the start, (minutes later, what happened) ...) of one request, the first being that it comes."""
    came = draw(st.sampled_from(["asks team=first", "asks", "created team=night"]))
    steps = draw(st.lists(st.tuples(st.integers(0, 2000), STEP), max_size=5))
    return draw(st.integers(0, 20 * 1440)), came, steps


def _lines(name, request):
    minutes, came, steps = request
    yield f"{name} {START + timedelta(minutes=minutes):%Y-%m-%d %H:%M} {came}"
    for later, what in steps:
        minutes += later
        yield f"{name} {START + timedelta(minutes=minutes):%Y-%m-%d %H:%M} {what}"


def _measured(some, book):
    log = log_of("\n".join(line for i, request in enumerate(some) for line in _lines(f"R{i:02}", request)))
    return log, measure_log(log, book)


def _not_had(measured, measure, name):
    """Whether the measure applies to the request and it has not had what the measure waits for, not even once."""
    table, column = (measured.waits, "state") if measure == "waits" else (measured.facts, f"{measure}_state")
    found = table.filter(pc.equal(table["request"], name))[column].to_pylist()
    return bool(found) and set(found) <= {"running", "never"}


def _figures(result, clock):
    """(name, how good) of every share and percentile of a measure; what is not told is not compared."""
    told = (result[clock] or {}) if result else {}
    yield from ((f"within {row['within_s']}", row["share"]) for row in told.get("within", ()))
    yield from (
        (name, None if told.get(name) is None else -told[name]) for name in ("median_s", "p75_s", "p90_s", "p95_s")
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(requests(), min_size=6, max_size=30), requests(), st.sampled_from(sorted(BOOKS)))
def test_a_request_that_has_not_had_what_a_measure_waits_for_never_improves_it(some, one_more, book):
    (log, before), (more_log, after) = _measured(some, BOOKS[book]), _measured([*some, one_more], BOOKS[book])
    old, new = (
        json.loads(build_report(*pair).model_dump_json())["measures"] for pair in ((log, before), (more_log, after))
    )
    for measure in (measure.id for measure in MEASURES if measure.unit == "s"):
        if not _not_had(after, measure, f"R{len(some):02}"):
            continue
        for clock in ("elapsed", "business"):
            now = dict(_figures(new[measure], clock))
            for name, was in _figures(old[measure], clock):
                better = was is not None and now[name] is not None and now[name] > was + 1e-9
                assert not better, (measure, clock, name, was, now[name])
