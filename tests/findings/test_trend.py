import math
from datetime import timedelta

import pytest

from otklik.findings.trend import trend
from otklik.schemas.targets import Target
from tests.findings.cases import at, evidence_of, many


def _twice_as_fast_from(week):
    return lambda row, now: 0.5 if now >= week else 1.0


def test_a_desk_that_became_twice_as_fast_is_called_faster_from_that_week_on():
    found = trend(many(2000, weeks=30, speed=_twice_as_fast_from(18)))
    (change,) = found.changes
    assert change.at == at("2025-01-06 00:00") + (at("2025-01-13 00:00") - at("2025-01-06 00:00")) * 18
    assert change.ratio == pytest.approx(0.5, rel=0.15)
    assert change.ratio_low < 0.5 < change.ratio_high < 1
    assert change.ratio == pytest.approx(change.after_s / change.before_s)
    assert found.verdict == "faster"


def test_a_steady_desk_is_called_steady():
    found = trend(many(2000, weeks=30))
    assert (found.changes, found.verdict, found.reasons) == ([], "steady", [])


def test_a_slower_desk_is_called_slower():
    assert trend(many(2000, weeks=30, speed=lambda row, week: 2.0 if week >= 15 else 1.0)).verdict == "slower"


def test_six_weeks_say_nothing_about_change():
    assert trend(many(300, weeks=6)).verdict == "too_short"


def test_the_last_weeks_are_young_while_slow_requests_may_still_be_open():
    """95 % are served within about two weeks here."""
    found = trend(many(1000, weeks=20, speed=lambda row, week: 80.0))
    assert [week.young for week in found.weeks].index(True) > 15
    assert found.weeks[-1].young


def test_every_request_is_in_one_week():
    found = trend(many(500, weeks=12))
    assert sum(week.n for week in found.weeks) == 500
    assert all(week.median_s is None or week.median_low_s <= week.median_s for week in found.weeks)


def test_a_week_without_requests_is_an_empty_week():
    lines = [f"R{i} 2025-03-{3 if i < 20 else 24:02} 10:{i} asks" for i in range(10, 50)]
    found = trend(evidence_of("\n".join(lines)))
    assert [week.n for week in found.weeks] == [10, 0, 0, 30]
    assert found.weeks[1].median_s is None
    assert found.weeks[1].share is None


def test_where_few_come_a_point_holds_more_than_a_week():
    found = trend(many(120, weeks=40))
    assert found.weeks_per_point == 4
    assert sum(week.n for week in found.weeks) == 120
    assert (found.weeks[1].start - found.weeks[0].start).days == 28


def test_the_limit_is_the_promise_or_else_what_half_of_the_customers_get():
    evidence = many(200)
    promised = Target(measure="first_reply", within_s=1234.0, share=0.9)
    assert trend(evidence, [promised]).share_within_s == 1234.0
    assert trend(evidence).share_within_s in (7200.0, 14_400.0)


@pytest.mark.parametrize(
    "unanswered", ["ZZ 2025-03-30 10:00 asks", "ZZ 2025-01-06 10:00 asks\nZZ 2025-01-06 10:01 cancelled"]
)
def test_no_unanswered_request_moves_the_limit(unanswered):
    """Half of the customers are served in 50 minutes, half in 110: one more at the median would tip it."""
    lines = []
    for i in range(40):
        asked = at("2025-01-06 00:00") + timedelta(days=2 * i)
        lines += [
            f"R{i:02} {asked:%Y-%m-%d %H:%M} asks",
            f"R{i:02} {asked + timedelta(minutes=50 + i % 2 * 60):%Y-%m-%d %H:%M} reply",
        ]
    assert trend(evidence_of("\n".join(lines))).share_within_s == 3600.0
    assert trend(evidence_of("\n".join([*lines, unanswered]))).share_within_s == 3600.0


def test_where_nobody_was_served_the_limit_is_the_longest():
    assert trend(evidence_of("R1 2025-03-03 10:00 asks")).share_within_s == 31_536_000.0


def test_the_level_of_a_change_is_a_weekly_median():
    found = trend(many(2000, weeks=30, speed=_twice_as_fast_from(18)))
    before = [math.log(week.median_s) for week in found.weeks[:18]]
    assert found.changes[0].before_s == pytest.approx(math.exp(sum(before) / len(before)))


def test_an_empty_log_has_no_trend():
    assert trend(evidence_of("")) is None
