"""What needs no model: already safe, already lost, or how good it must be from now on against the best week so far."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from otklik.goals.volume import usual_volume
from otklik.goals.weeks import Days, rest_of, totals, weekly_table
from otklik.schemas.forecasts import Needed, Verdict
from otklik.schemas.goals import DayCount
from otklik.schemas.grades import WeekCount

ENOUGH_OF_A_WEEK: Final = 0.5
"""A week with fewer requests than this part of the median week is no example of what can be done."""


def needed_share(
    rows: Sequence[DayCount], wanted: float, window: Days, *, cycle: Days, as_of: date
) -> Needed:  # fmt: skip
    """Share in time it takes from now on to end the window at the share wanted.

    r = (p N - K) / rest, with N = K's requests + the rest by weekday. `as_of` is the last day all of whose requests
    are old enough to count; later days count as far as they are known. Only the volume can prove this wrong, so the
    verdicts hold for a quiet and for a busy rest as well.
    """
    n, k = totals(rows, window)
    rest = rest_of(window, as_of)
    if not rest.length:
        return _ended(n, k, wanted)
    volume = usual_volume(rows, as_of)
    if volume is None:
        return Needed(verdict="unknown", n=n, k=k)
    remaining = volume.expected(rest, rows)
    if not remaining:
        return _nobody_comes(n, k, wanted)
    cases = [_share_from_now(n, k, wanted, remaining * part) for part in (1.0, volume.quiet, volume.busy)]
    needed, quiet, busy = cases
    weeks = _examples(weekly_table(rows, cycle.first, cycle.last, until=as_of))
    best = max(weeks, key=lambda week: week.share or 0.0, default=None)
    return Needed(
        verdict=_verdict(cases),
        n=n,
        k=k,
        remaining=remaining,
        needed=needed,
        needed_quiet=quiet,
        needed_busy=busy,
        best_week=best.share if best else None,
        best_week_from=best.first if best else None,
        weeks_as_good=sum((week.share or 0.0) >= (needed or 0.0) for week in weeks),
        weeks_seen=len(weeks),
    )


def needed_weeks(weeks_kept: int, weeks_counted: int, weeks_in_cycle: int, wanted: float = 1.0) -> Needed:
    """How many of the weeks to come must keep the target for this share of all weeks; `needed` is a share of them."""
    rest = weeks_in_cycle - weeks_counted
    if rest <= 0:
        return _ended(weeks_counted, weeks_kept, wanted)
    needed = (wanted * weeks_in_cycle - weeks_kept) / rest
    return Needed(verdict=_verdict([needed]), n=weeks_counted, k=weeks_kept, remaining=rest, needed=needed)


def needed_a_week(
    rows: Sequence[DayCount], wanted: float, window: Days, *, cycle: Days, as_of: date
) -> Needed:  # fmt: skip
    """How many a week it takes from now on to reach a total of requests; nothing but time can make it lost."""
    n, _ = totals(rows, window)
    rest = rest_of(window, as_of)
    if not rest.length:
        return Needed(verdict="reached" if n >= wanted else "missed", n=n, k=n)
    needed = (wanted - n) / rest.length * 7
    weeks = [week for week in weekly_table(rows, cycle.first, cycle.last, until=as_of) if _is_whole(week)]
    best = max(weeks, key=lambda week: week.n, default=None)
    return Needed(
        verdict="safe" if needed <= 0 else "open",
        n=n,
        k=n,
        remaining=rest.length / 7,
        needed=needed,
        best_week=best.n if best else None,
        best_week_from=best.first if best else None,
        weeks_as_good=sum(week.n >= needed for week in weeks),
        weeks_seen=len(weeks),
    )


def _share_from_now(n: int, k: int, wanted: float, rest: float) -> float | None:
    return (wanted * (n + rest) - k) / rest if rest > 0 else None


def _verdict(cases: Sequence[float | None]) -> Verdict:
    known = [case for case in cases if case is not None]
    if all(case <= 0 for case in known):
        return "safe"
    return "lost" if all(case > 1.0 for case in known) else "open"


def _nobody_comes(n: int, k: int, wanted: float) -> Needed:
    """Only days without requests are left, such as a last weekend: it stays as it is."""
    verdicts: dict[Verdict, Verdict] = {"reached": "safe", "missed": "lost"}
    ended = _ended(n, k, wanted)
    return ended.model_copy(update={"verdict": verdicts.get(ended.verdict, "unknown")})


def _ended(n: int, k: int, wanted: float) -> Needed:
    if not n:
        return Needed(verdict="unknown")
    return Needed(verdict="reached" if k >= wanted * n - 1e-9 else "missed", n=n, k=k)


def _examples(weeks: Sequence[WeekCount]) -> list[WeekCount]:
    """Whole weeks with enough requests to be an example."""
    whole = [week for week in weeks if week.n and _is_whole(week)]
    usual = sorted(week.n for week in whole)[len(whole) // 2] if whole else 0
    return [week for week in whole if week.n >= ENOUGH_OF_A_WEEK * usual]


def _is_whole(week: WeekCount) -> bool:
    return (week.last - week.first).days >= 6
