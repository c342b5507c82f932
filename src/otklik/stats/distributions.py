"""The few distributions that intervals need: normal, beta, binomial, Student's t; exact to about 12 digits."""

import math
from statistics import NormalDist

_NORMAL = NormalDist()
_TINY = 1e-300


def normal_cdf(z: float) -> float:
    """Share of a standard normal below z.

    Input     z, any number
    Output    0..1
    Unit      share
    Open end  none
    Errors    none
    Source    Abramowitz & Stegun 26.2, through the error function

    >>> round(normal_cdf(1.959964), 4)
    0.975
    """
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def normal_quantile(p: float) -> float:
    """How far out a share p of a standard normal reaches.

    Input     p, between 0 and 1
    Output    standard deviations
    Unit      none
    Open end  none
    Errors    ValueError outside (0, 1)
    Source    Wichura 1988 (AS 241), as in the standard library

    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    if not 0.0 < p < 1.0:
        raise ValueError("p must lie between 0 and 1")
    return _NORMAL.inv_cdf(p)


def beta_cdf(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function: the tail of every binomial and t question.

    Input     x in 0..1; a, b > 0
    Output    0..1
    Unit      share
    Open end  none
    Errors    ValueError when a or b is not positive
    Source    Lentz's continued fraction, Press et al., Numerical Recipes 6.4; DLMF 8.17.22

    >>> round(beta_cdf(0.5, 2, 3), 4)
    0.6875
    """
    if a <= 0 or b <= 0:
        raise ValueError("a and b must be positive")
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _continued_fraction(x, a, b) / a
    return 1.0 - front * _continued_fraction(1.0 - x, b, a) / b


def beta_quantile(p: float, a: float, b: float) -> float:
    """Where a share p of a beta distribution is reached.

    Input     p in 0..1; a, b > 0
    Output    0..1
    Unit      share
    Open end  none
    Errors    ValueError when a or b is not positive
    Source    bisection on `beta_cdf`

    >>> round(beta_quantile(0.6875, 2, 3), 6)
    0.5
    """
    low, high = 0.0, 1.0
    while high - low > 1e-15 * max(1.0, high) and low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if beta_cdf(middle, a, b) < p else (low, middle)
    return (low + high) / 2


def binomial_cdf(k: int, n: int, p: float) -> float:
    """Chance of at most k hits in n tries.

    Input     k, n whole numbers; p in 0..1
    Output    0..1
    Unit      share
    Open end  none
    Errors    none
    Source    Abramowitz & Stegun 26.5.24

    >>> round(binomial_cdf(1, 2, 0.5), 4)
    0.75
    """
    if k < 0:
        return 0.0
    if k >= n:
        return 1.0
    return beta_cdf(1.0 - p, n - k, k + 1.0)


def binomial_quantile(q: float, n: int, p: float) -> int:
    """Smallest k such that at most k hits have a chance of q or more.

    Input     q in 0..1, n tries, p chance of one
    Output    0..n
    Unit      hits
    Open end  none
    Errors    none
    Source    definition; the same as R's qbinom

    >>> binomial_quantile(0.025, 100, 0.5)
    40
    """
    low, high = -1, n
    while high - low > 1:
        middle = (low + high) // 2
        # R's own fuzz: a chance that equals q but for rounding counts as q
        if binomial_cdf(middle, n, p) >= q * (1.0 - 64 * 2.2e-16):
            high = middle
        else:
            low = middle
    return high


def t_cdf(t: float, df: float) -> float:
    """Share of Student's t distribution below t.

    Input     t, any number; df > 0 degrees of freedom
    Output    0..1
    Unit      share
    Open end  none
    Errors    ValueError when df is not positive
    Source    Abramowitz & Stegun 26.7.1

    >>> round(t_cdf(2.228139, 10), 4)
    0.975
    """
    tail = 0.5 * beta_cdf(df / (df + t * t), df / 2.0, 0.5)
    return tail if t < 0 else 1.0 - tail


def t_quantile(p: float, df: float) -> float:
    """How far out a share p of Student's t distribution reaches.

    Input     p between 0 and 1; df > 0
    Output    standard errors
    Unit      none
    Open end  none
    Errors    ValueError outside (0, 1)
    Source    inverse of `t_cdf` through `beta_quantile`

    >>> round(t_quantile(0.975, 10), 6)
    2.228139
    """
    if not 0.0 < p < 1.0:
        raise ValueError("p must lie between 0 and 1")
    tail = min(p, 1.0 - p)
    x = max(beta_quantile(2.0 * tail, df / 2.0, 0.5), _TINY)
    t = math.sqrt(df * (1.0 - x) / x)
    return t if p >= 0.5 else -t


def _continued_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    result = d
    for m in range(1, 10_000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 / ((1.0 + step * d) or _TINY)
            c = (1.0 + step / c) or _TINY
            result *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return result
