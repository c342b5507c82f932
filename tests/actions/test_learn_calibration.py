"""Chances are learnt from key results that are over."""

from datetime import date, timedelta

import pytest

from otklik.actions.learn_calibration import learn_calibration, was_reached
from otklik.schemas.goals import Bound, KeyResult
from otklik.schemas.track_records import Ended, SaidThen

SHARE = KeyResult(title="s", baseline=0.5, target=0.8, unit="share", source=Bound(measure="first_reply", within_s=300))
KEPT = KeyResult(title="r", direction="keep_below", target=0.06, unit="share")


def over(name: str, chance: float | None, *, happened: bool, weeks: int = 6) -> Ended:
    said = (SaidThen(day=date(2026, 1, 5) + timedelta(days=7 * n), raw=chance) for n in range(weeks))
    return Ended(key_result=name, happened=happened, said=tuple(said))


def test_chances_that_were_too_low_are_raised_and_each_key_result_weighs_as_one() -> None:
    ended = [over(f"k{n}", 0.3, happened=n % 4 != 0) for n in range(40)]
    learnt = learn_calibration(ended)
    assert learnt.key_results == 40
    assert learnt.calibrated(0.3) > 0.45
    once = learn_calibration([over(f"k{n}", 0.3, happened=n % 4 != 0, weeks=1) for n in range(40)])
    assert once.a == pytest.approx(learnt.a) and once.b == pytest.approx(learnt.b)


def test_without_a_past_chances_stay_as_they_are() -> None:
    learnt = learn_calibration([over("k", None, happened=True)])
    assert learnt.key_results == 0
    assert learnt.calibrated(0.3) == pytest.approx(0.3)


def test_a_target_is_reached_by_the_number_at_the_end_or_in_enough_weeks() -> None:
    assert was_reached(SHARE, 0.8) is True
    assert was_reached(SHARE, 0.79) is False
    assert was_reached(SHARE, None) is None
    assert was_reached(KEPT, 0.9, [0.05, 0.04, None, 0.06, 0.2]) is True
    assert was_reached(KEPT, 0.01, [0.05, 0.2, 0.3]) is False
    assert was_reached(KEPT, 0.01) is None
    assert was_reached(KeyResult(title="no target"), 3.0) is None
