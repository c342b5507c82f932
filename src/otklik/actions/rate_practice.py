"""One figure for how well goals were practised in a cycle: of the practice, never of a person or of the grades."""

from collections.abc import Iterable
from math import fsum
from typing import Final

COIN: Final = 0.25
"""The score of whoever always says one half."""
FEWEST_PARTS: Final = 2
"""One part alone is told as that part."""


def rate_practice(parts: Iterable[float | None]) -> int | None:
    """0 to 100: the plain mean of the parts (each 0 to 1) that can be told; None of fewer than `FEWEST_PARTS`.

    >>> rate_practice([1.0, 0.5, None, 0.66]), rate_practice([1.0, None])
    (72, None)
    """
    told = [part for part in parts if part is not None]
    return round(100 * fsum(told) / len(told)) if len(told) >= FEWEST_PARTS else None


def share_foretold(brier: float) -> float:
    """1 for whoever was never wrong, 0 for a coin toss and for all that is worse.

    >>> share_foretold(0.0), share_foretold(0.1), share_foretold(0.81)
    (1.0, 0.6, 0.0)
    """
    return max(0.0, 1.0 - brier / COIN)
