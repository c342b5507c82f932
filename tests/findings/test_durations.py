import numpy as np
import pytest

from otklik.findings.durations import DONE, LADDER_S, NEVER, NOBODY, RUNNING, Durations
from otklik.stats import UNKNOWN


def _durations(n=40, never=0, running=0):
    state = np.array([DONE] * (n - never - running) + [NEVER] * never + [RUNNING] * running)
    time = np.arange(1, n + 1) * 60.0
    return Durations(np.arange(n), time, state, np.full(n, 1e7))


def test_percentiles_wait_for_enough_requests():
    few = _durations(10)
    assert few.quantile(0.5).value == 300.0
    assert few.quantile(0.9) == UNKNOWN
    assert _durations(29).quantile(0.9).value is not None


def test_speed_tells_states_figures_and_shares():
    speed = _durations(100, never=10, running=5).speed()
    assert (speed.n, speed.done, speed.never, speed.running) == (100, 85, 10, 5)
    assert speed.median_s == 3000.0
    assert speed.median_low_s < speed.median_s < speed.median_high_s
    assert [share.within_s for share in speed.within] == list(LADDER_S)
    assert speed.within[LADDER_S.index(2_592_000.0)].share is not None
    assert len(speed.curve.at_s) == len(speed.curve.low)


def test_those_who_gave_up_stay_unanswered():
    """Ten of a hundred gave up within seconds: 90 % is all that can ever be answered."""
    durations = Durations(
        np.arange(100), np.r_[np.full(90, 60.0), np.full(10, 1.0)], np.r_[np.zeros(90), np.full(10, NEVER)],
        np.full(100, 1e6),
    )  # fmt: skip
    assert durations.curve.share_within(3600).value == pytest.approx(0.9)


def test_a_part_keeps_its_rows():
    part = _durations(10).where(np.arange(10) >= 7)
    assert part.rows.tolist() == [7, 8, 9]
    assert part.count(DONE) == 3


def test_nobody_is_nobody():
    assert NOBODY.n == 0
    assert NOBODY.speed().median_s is None
