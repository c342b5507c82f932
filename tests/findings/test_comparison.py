"""A period beside the one before."""

import numpy as np
import pytest

from otklik.findings.comparison import comparison
from tests.findings.cases import evidence_of, many


def waits(minutes, silent=0):
    """One request an hour from the first of February on, each answered after so many minutes, or not yet."""
    lines = []
    for i, wait in enumerate([*minutes, *[None] * silent]):
        day, hour = f"2025-02-{1 + i // 24:02d}", i % 24
        lines.append(f"R{i} {day} {hour:02d}:00 asks")
        if wait is not None:
            later = hour * 60 + wait
            lines.append(
                f"R{i} 2025-02-{1 + i // 24 + later // 1440:02d} {later // 60 % 24:02d}:{later % 60:02d} reply"
            )
    return evidence_of("\n".join(lines), until="2025-03-31 00:00")


def test_twice_as_fast_is_faster_and_the_other_way_round_slower():
    fast, slow = many(800), many(800, speed=lambda row, week: 2.0, seed=9)
    assert comparison(fast, slow).verdict == "faster"
    assert comparison(slow, fast).verdict == "slower"
    assert comparison(fast, slow).difference_s == pytest.approx(-comparison(slow, fast).difference_s)


def test_the_same_speed_raises_no_false_alarm():
    verdicts = [comparison(many(600, seed=seed), many(600, seed=100 + seed)).verdict for seed in range(8)]
    assert verdicts.count("no_difference") >= 7


def test_a_handful_is_no_statistics():
    found = comparison(waits([1] * 29), waits([100] * 60))
    assert (found.verdict, found.difference_s) == ("too_few", None)
    assert (found.now.n, found.before.n) == (29, 60)


def test_the_figures_are_those_of_each_period_and_the_difference_is_theirs():
    found = comparison(waits([10] * 60), waits([120] * 60))
    assert (found.now.median_s, found.before.median_s, found.difference_s) == (600.0, 7200.0, -6600.0)
    assert found.measure == "first_reply"


def test_the_limit_of_a_promise_is_the_limit_of_the_shares():
    found = comparison(waits([10] * 30 + [150] * 30), waits([150] * 60), within_s=3600.0)
    assert (found.within_s, found.now.share, found.before.share) == (3600.0, pytest.approx(0.5), pytest.approx(0.0))


def test_an_unanswered_request_never_makes_us_look_faster():
    rng = np.random.default_rng(3)
    minutes = rng.integers(5, 300, 60).tolist()
    before = waits(minutes)
    honest, silent = comparison(waits(minutes), before), comparison(waits(minutes, silent=20), before)
    assert silent.now.share <= honest.now.share
    assert silent.now.median_s is None or silent.now.median_s >= honest.now.median_s


def test_an_empty_log_has_nothing_to_compare():
    assert comparison(evidence_of(""), evidence_of("")) is None
