"""A figure with its interval."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Estimate(NamedTuple):
    """A figure and the ends of its 95 % interval; None = not reached, or too little to say."""

    value: float | None
    low: float | None
    high: float | None


UNKNOWN = Estimate(None, None, None)
