"""A win is told only where the best week so far is no luck."""

from datetime import date, timedelta

import pytest

from otklik.actions import find_wins
from otklik.actions.find_wins import find_win
from otklik.schemas.goal_results import Basis, Ranged, Reading
from otklik.schemas.goals import Bound, DayCount, KeyResult

SHARE = Bound(measure="first_reply", within_s=3600)
SUNDAY = date(2026, 6, 28)


def reading(shares: list[float], n: int) -> Reading:
    """Weeks of seven days with `n` requests each, the newest last; it ends on a Sunday."""
    first = SUNDAY - timedelta(days=7 * len(shares) - 1)
    days = tuple(
        DayCount(day=first + timedelta(days=7 * w + d), n=n, k=round(share * n) + (d % 2 if share < 0.9 else 0))
        for w, share in enumerate(shares) for d in range(7)
    )  # fmt: skip
    basis = Basis(bound=SHARE, zone="UTC", first=first, last=SUNDAY, as_of="2026-06-29T00:00:00Z", whole_until=SUNDAY,
                  log="x", step=1)  # fmt: skip
    return Reading(number=Ranged(), n=0, k=0, days=days, basis=basis)


def win(monkeypatch: pytest.MonkeyPatch, shares: list[float], n: int = 40, **facts: object) -> object:
    monkeypatch.setattr(find_wins, "measure_goal", lambda *_args, **_told: reading(shares, n))
    row = KeyResult.model_validate({"title": "s", "unit": "share", "target": 0.9, "source": SHARE, **facts})
    return find_win(None, row, SUNDAY + timedelta(days=2))  # type: ignore[arg-type]


def test_a_week_far_above_all_before_is_a_win(monkeypatch: pytest.MonkeyPatch) -> None:
    found = win(monkeypatch, [0.5, 0.55, 0.5, 0.52, 0.51, 0.8])
    assert found is not None
    assert (found.first, found.last, found.weeks) == (SUNDAY - timedelta(days=6), SUNDAY, 6)  # type: ignore[attr-defined]
    assert found.low > found.mean_before  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("shares", "n"),
    [([0.5, 0.55, 0.5, 0.52, 0.51, 0.54], 40), ([0.5, 0.9, 0.5, 0.52, 0.51, 0.8], 40), ([0.5, 0.5, 0.8], 40),
     ([0.5, 0.5, 0.5, 0.5, 0.5, 0.6], 2)],
    ids=["not the best", "was better before", "too few weeks", "too few requests"],
)  # fmt: skip
def test_anything_less_is_not(monkeypatch: pytest.MonkeyPatch, shares: list[float], n: int) -> None:
    assert win(monkeypatch, shares, n) is None


def test_where_less_is_better_a_fall_is_the_win(monkeypatch: pytest.MonkeyPatch) -> None:
    assert win(monkeypatch, [0.5, 0.55, 0.5, 0.52, 0.51, 0.2], direction="lower") is not None
    assert win(monkeypatch, [0.5, 0.55, 0.5, 0.52, 0.51, 0.8], direction="lower") is None
