"""How a wait that goes on usually ends: what is usual by now, and how much longer it may take."""

from dataclasses import dataclass
from typing import Final

from otklik.schemas.results import Speed

FEWEST: Final = 30
"""From fewer waits nobody can say what is usual."""


@dataclass(frozen=True)
class Prospect:
    """`usual_share` of such waits are over by now; half of those that are not, within `more_s` from now."""

    usual_share: float
    more_s: float | None


def predict_wait(speed: Speed | None, waited_s: float | None) -> Prospect | None:
    """Read a prospect off the curve of all such waits, running ones included; None where too few are known.

    What is left is the conditional median: the first u with S(u) <= S(t) / 2, less t; None where the curve ends before.
    """
    if speed is None or waited_s is None or speed.n < FEWEST:
        return None
    at, share = speed.curve.at_s, speed.curve.share
    passed = max((s for t, s in zip(at, share, strict=True) if t <= waited_s), default=0.0)
    if (1.0 - passed) * speed.n < FEWEST:
        return Prospect(passed, None)
    wanted = passed + (1.0 - passed) / 2
    end = next((t for t, s in zip(at, share, strict=True) if s >= wanted), None)
    return Prospect(passed, None if end is None else max(0.0, end - waited_s))
