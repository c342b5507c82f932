import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.findings import build_report
from otklik.findings.slicing import UnknownColumn
from otklik.measures import measure_log
from otklik.schemas.events import Can
from otklik.schemas.results import Report
from otklik.schemas.targets import Target
from tests.findings.cases import OFFICE, STEPS, evidence_of, log_of, many


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


REQUEST = st.tuples(st.integers(0, 20), st.integers(1, 400), st.sampled_from(["reply", "cancelled", "resolved", None]))


def _lines(requests):
    for i, (day, minutes, how) in enumerate(requests):
        yield f"R{i} 2025-03-{day + 1:02} 10:00 asks"
        if how:
            yield f"R{i} 2025-03-{day + 1:02} {10 + minutes // 60}:{minutes % 60:02} {how}"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(REQUEST, min_size=6, max_size=25), REQUEST.filter(lambda request: request[2] not in ("reply", "resolved"))
)
def test_one_more_unanswered_request_never_improves_a_figure(requests, one_more):
    reports = []
    for some in (requests, [*requests, one_more]):
        log = log_of("\n".join(_lines(some)))
        reports.append(build_report(log, measure_log(log, OFFICE)))
    for measure in ("first_reply", "waits", "resolution"):
        for clock in ("elapsed", "business"):
            before, after = (getattr(report.measures[measure], clock) for report in reports)
            for old, new in zip(before.within, after.within, strict=True):
                assert old.share is None or new.share is None or new.share <= old.share + 1e-12
            for name in ("median_s", "p75_s", "p90_s", "p95_s"):
                old, new = getattr(before, name), getattr(after, name)
                assert old is None or new is None or new >= old
