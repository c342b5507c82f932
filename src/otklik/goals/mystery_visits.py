"""What mystery shoppers lived through against what the log says of the same goal.

Visits are not collected anywhere yet: this is the seam where they will come in, tested and called by nobody.
"""

from typing import Final

from otklik.goals.gaming import Counted, chance_of_as_many
from otklik.schemas.track_records import VisitsAgainstLog
from otklik.stats.distributions import beta_cdf, beta_quantile

LOG_VISITS: Final = 10
"""The log counts as so many visits: it is much larger, but may see something else than a customer does."""
SURE: Final = 0.05


def visits_against_log(visits: Counted, log: Counted, wanted: float) -> VisitsAgainstLog:
    """Update what the log says by visits, hits of all; and test whether they can be of one service.

    Beta prior from the log's own share with the weight of ten visits, updated by the visits; Jeffreys where the log
    has nothing. The disagreement is two-sided.

    >>> round(visits_against_log(Counted(8, 10), Counted(0, 0), 0.5).low, 2)
    0.5
    """
    weight = min(LOG_VISITS, log.n)
    in_time = log.hits / log.n * weight if log.n else 0.0
    a, b = visits.hits + in_time + 0.5, visits.n - visits.hits + weight - in_time + 0.5
    more = chance_of_as_many(visits, log)
    fewer = chance_of_as_many(Counted(visits.n - visits.hits, visits.n), Counted(log.n - log.hits, log.n))
    luck = min(1.0, 2 * min(more, fewer)) if log.n else 1.0
    return VisitsAgainstLog(
        share=a / (a + b),
        low=beta_quantile(0.025, a, b),
        high=beta_quantile(0.975, a, b),
        chance=1.0 - beta_cdf(wanted, a, b),
        disagreement=luck,
        agrees=luck >= SURE,
    )
