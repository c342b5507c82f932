"""A share rose or fell: because of what came, or because of how it was served."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.stats.estimate import Floats


class Decomposition(NamedTuple):
    """The change of a share, part by part; `mix` + `within` over all parts is `change` exactly."""

    change: float
    mix: Floats
    """Because this part makes up more or less of everything than before."""
    within: Floats
    """Because this part itself is served better or worse than before."""


def decompose(
    before_n: npt.ArrayLike, before_k: npt.ArrayLike, after_n: npt.ArrayLike, after_k: npt.ArrayLike
) -> Decomposition:
    """What changed: the mix of requests, or the service within each part.

    Input     per part (channels, teams) requests n and hits k, before and after; the same parts in the same order
    Output    Decomposition: per part (m,) the share of the change by its mix and by its service
    Unit      share (0.05 = five points)
    Open end  take k/n from settled requests, or from curves as n x share
    Errors    ValueError: unequal lengths, or no requests at all before or after
    Source    Kitagawa 1955 in its symmetric form; mix against the mean share, so that a neutral shift counts nothing

    >>> d = decompose([80, 20], [72, 10], [40, 60], [36, 30])
    >>> round(d.change, 2), round(float(d.mix.sum()), 2), round(float(d.within.sum()), 2)
    (-0.16, -0.16, 0.0)
    """
    columns = [np.asarray(c, dtype=np.float64) for c in (before_n, before_k, after_n, after_k)]
    if len({c.shape for c in columns}) != 1:
        raise ValueError("all columns must have the same length")
    n0, k0, n1, k1 = columns
    if n0.sum() <= 0 or n1.sum() <= 0:
        raise ValueError("there must be requests before and after")
    with np.errstate(divide="ignore", invalid="ignore"):
        rate0, rate1 = k0 / n0, k1 / n1
    # a part that is new or gone has one rate only: all of its effect is mix
    rate0, rate1 = np.where(n0 > 0, rate0, rate1), np.where(n1 > 0, rate1, rate0)
    rate0, rate1 = np.nan_to_num(rate0), np.nan_to_num(rate1)
    weight0, weight1 = n0 / n0.sum(), n1 / n1.sum()
    overall0, overall1 = float(k0.sum() / n0.sum()), float(k1.sum() / n1.sum())
    mix = (weight1 - weight0) * ((rate0 + rate1) / 2 - (overall0 + overall1) / 2)
    within = (rate1 - rate0) * (weight0 + weight1) / 2
    return Decomposition(overall1 - overall0, mix, within)
