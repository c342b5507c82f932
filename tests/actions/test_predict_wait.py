"""How a wait that goes on usually ends."""

import pytest

from otklik.actions.predict_wait import predict_wait
from otklik.schemas.results import Curve, Speed


def speed(points: list[tuple[float, float]], n: int = 1000) -> Speed:
    at, share = [t for t, _ in points], [s for _, s in points]
    names = [f"{p}{end}_s" for p in ("median", "p75", "p90", "p95") for end in ("", "_low", "_high")]
    return Speed(
        n=n, done=n, running=0, never=0, within=[], **dict.fromkeys(names),
        curve=Curve(at_s=at, share=share, low=share, high=share),
    )  # fmt: skip


MOST_IN_AN_HOUR = [(0.0, 0.0), (600.0, 0.4), (3600.0, 0.8), (86_400.0, 0.9), (172_800.0, 0.95)]


@pytest.mark.parametrize(
    ("waited", "usual", "more"), [(0, 0.0, 3600), (600, 0.4, 3000), (4000, 0.8, 82_400), (90_000, 0.9, 82_800)]
)
def test_who_has_waited_so_long_waits_on_as_half_of_those_before_did(waited: float, usual: float, more: float) -> None:
    found = predict_wait(speed(MOST_IN_AN_HOUR), waited)
    assert found is not None
    assert (found.usual_share, found.more_s) == (usual, more)


def test_beyond_the_end_of_the_curve_nobody_can_say() -> None:
    found = predict_wait(speed(MOST_IN_AN_HOUR), 200_000)
    assert found is not None
    assert (found.usual_share, found.more_s) == (0.95, None)


def test_a_handful_makes_no_prospect() -> None:
    assert predict_wait(speed(MOST_IN_AN_HOUR, n=29), 10) is None
    assert predict_wait(None, 10) is None
    few_left = predict_wait(speed(MOST_IN_AN_HOUR, n=100), 4000)
    assert few_left is not None
    assert few_left.more_s is None, "twenty of a hundred are left: too few to say"
