"""What the past says of those who foretell: said against happened."""

from datetime import date

from otklik.schemas.results import Result


class SaidThen(Result):
    """What was said of a key result on a day: the chance by the data, raw and as shown; how sure people were."""

    day: date
    raw: float | None = None
    shown: float | None = None
    confidence: float | None = None


class Ended(Result):
    """A key result that is over: what was said of its target week by week, and whether it was reached."""

    key_result: str
    happened: bool
    said: tuple[SaidThen, ...] = ()


class DueDates(Result):
    """How many due dates are gone by, the share of them that was kept, and the chance of what is still to come.

    `chance` is None of too few dates.
    """

    past: int
    kept: float | None = None
    chance: float | None = None


class Honesty(Result):
    """How wrong (Brier, 0 best, 0.25 a coin) the data's chances and the people's confidence were on the same days.

    `difference` is people's less the data's: below 0 people knew better. `optimism` is the mean confidence of people
    less what happened: above 0 is too sure.
    """

    data: float
    people: float
    difference: float
    optimism: float
    key_results: int


class SaidBand(Result):
    """Chances said in one band: their mean, how often it happened, how many times one was said."""

    said: float
    happened: float
    times: int
