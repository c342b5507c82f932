"""Where customers wait most: the group, the hours, the hands."""

from collections.abc import Callable
from datetime import date

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.find_goals import CANDIDATES, Proposing, anybody, settled, taken_late, when, who
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goal_words import ANYBODY, SETTLED, WHEN, WHO
from otklik.schemas.goals import Slice
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import SliceRow

Kept = tuple[Shelf, ServiceLog, Yardstick]


@pytest.fixture(scope="module")
def proposing(kept: Kept) -> Proposing:
    return Proposing(GoalRuler(kept[0], "Europe/Moscow"), date(2026, 7, 1), date(2026, 9, 30))


def test_who_is_a_group_that_the_findings_call_slower(proposing: Proposing) -> None:
    found = who(proposing)
    assert found is not None
    by = next(by for by, words in WHO.items() if words == found.words)
    (value,) = getattr(found.which, by)
    row = next(row for cut in proposing.report.slices if cut.by == by for row in cut.rows if row.value == value)
    assert row.verdict == "slower" and found.facts["value"] == value
    assert all(one.bound.which.model_copy(update={"cohort": "arrived"}) == found.which for one in found.wanted)


def test_a_group_with_a_digit_in_its_name_is_passed_over(proposing: Proposing) -> None:
    """Digits in an objective are what the coach objects to."""
    row = SliceRow(
        value="2nd line", n=9, running=0, enough=True, median_s=9e9, median_low_s=None, median_high_s=None, p90_s=None,
        difference_s=9e9, difference_low_s=None, difference_high_s=None, verdict="slower",
    )  # fmt: skip
    slices = [cut.model_copy(update={"rows": [row, *cut.rows]}) for cut in proposing.report.slices]
    told = Proposing(proposing.ruler, proposing.start, proposing.end)
    told.__dict__["report"] = proposing.report.model_copy(update={"slices": slices})
    found = who(told)
    assert found is not None and found.facts["value"] != "2nd line"


def by_hours(proposing: Proposing, wait: Callable[[int, int], float]) -> Proposing:
    """The same log, in which who comes at an hour of the week waits so long."""
    told = Proposing(proposing.ruler, proposing.start, proposing.end)
    waits = [[wait(weekday, hour) for hour in range(24)] for weekday in range(7)]
    when_told = proposing.report.when
    assert when_told is not None and when_told.waits is not None
    grid = when_told.waits.model_copy(update={"median_s": waits})
    told.__dict__["report"] = proposing.report.model_copy(
        update={"when": when_told.model_copy(update={"waits": grid, "dates_only": False})}
    )
    return told


@pytest.mark.parametrize(
    ("part", "hours"), [("night", range(6)), ("morning", range(6, 12)), ("afternoon", range(12, 18)),
                        ("evening", range(18, 24))],
)  # fmt: skip
def test_when_is_the_part_of_the_day_with_much_longer_waits(proposing: Proposing, part: str, hours: range) -> None:
    found = when(by_hours(proposing, lambda weekday, hour: 3600.0 if weekday < 5 and hour in hours else 600.0))
    assert found is not None and found.words == WHEN[part] and found.which == Slice()
    assert found.facts["worst"].replace("\u00a0", " ") == "1 h"


def test_a_weekend_has_words_of_its_own_and_an_even_week_none(proposing: Proposing) -> None:
    found = when(by_hours(proposing, lambda weekday, _: 600.0 if weekday < 5 else 7200.0))
    assert found is not None and found.words == WHEN["weekend"]
    assert when(by_hours(proposing, lambda _, hour: 600.0 + 5 * hour)) is None


def test_everybody_and_the_way_to_the_end_can_always_be_told(proposing: Proposing) -> None:
    told = anybody(proposing), settled(proposing)
    assert told[0] is not None and told[0].words == ANYBODY
    assert told[1] is not None and told[1].words == SETTLED
    assert taken_late(proposing) is None or "share" in taken_late(proposing).facts  # type: ignore[union-attr]
    assert len(CANDIDATES) == 5


def test_the_words_of_every_find_are_filled_by_its_facts(proposing: Proposing) -> None:
    for language in ("en", "ru"):
        told = Proposing(proposing.ruler, proposing.start, proposing.end, language=language)
        for candidate in CANDIDATES:
            found = candidate(told)
            if found is not None:
                said = [told.speech.words.say(text, **found.facts) for text in found.words]
                assert all(said) and not any("%(" in text for text in said)
