"""Numbers that no record tells: what programs sent, and since when they are of what they are of now."""

from collections import defaultdict

from otklik.schemas.forecasts import Restart
from otklik.schemas.goal_results import Z95, NumberSent
from otklik.schemas.goals import Bound, Pushed
from otklik.web.goals.models import CheckIn, Cycle, History, KeyResult, SeriesValue
from otklik.web.moments import our_zone

_OF: dict[str, tuple[str, ...]] = {"manual": ("source", "unit"), "pushed": ("unit",)}
"""What, once changed, makes the numbers before those of something else; a series brings its own past along."""


def has_told_numbers(cycle: Cycle) -> bool:
    """Say whether people or programs have told any number of a key result of this cycle."""
    rows = _rows(cycle)
    if CheckIn.objects.filter(key_result__in=[row.pk for row in rows]).exclude(value=None).exists():
        return True
    return SeriesValue.objects.filter(series__in=_series(rows)).exists()


def sent_of(cycle: Cycle) -> dict[str, list[NumberSent]]:
    """What programs sent of each key result, oldest first, with the variance that its interval tells."""
    rows, zone = _rows(cycle), our_zone()
    found: dict[str, list[NumberSent]] = defaultdict(list)
    for value in SeriesValue.objects.filter(series__in=_series(rows)).order_by("at"):
        day = value.at.astimezone(zone).date()
        found[value.series].append(NumberSent(day=day, value=value.value, variance=_variance(value), n=value.n))
    sources = {str(row.pk): row.read_source() for row in rows}
    return {pk: found[source.series] for pk, source in sources.items() if isinstance(source, Pushed)}


def restarts_of(cycle: Cycle) -> dict[str, Restart]:
    """The day on which a told number became one of something else, by key result."""
    rows = {str(row.pk): row for row in _rows(cycle)}
    lines = History.objects.filter(cycle=cycle, what="keyresult", row__in=list(rows), field__in=("source", "unit"))
    zone, found = our_zone(), {}
    for line in lines.order_by("id"):
        if line.field in _OF.get(rows[line.row].source.get("how", ""), ()):
            found[line.row] = Restart(day=line.at.astimezone(zone).date(), why="source")
    return found


def _rows(cycle: Cycle) -> list[KeyResult]:
    rows = KeyResult.objects.filter(objective__cycle=cycle, stopped_on=None).exclude(direction="milestone")
    return [row for row in rows if not isinstance(row.read_source(), Bound)]


def _series(rows: list[KeyResult]) -> set[str]:
    return {source.series for row in rows if isinstance(source := row.read_source(), Pushed)}


def _variance(value: SeriesValue) -> float | None:
    """That of a number whose 95 % interval was sent along."""
    if value.low is None or value.high is None or value.high < value.low:
        return None
    return ((value.high - value.low) / (2 * Z95)) ** 2
