"""Count which due dates were kept: all that can be said of milestones, which have steps and no numbers."""

from collections.abc import Iterable
from datetime import date

from otklik.schemas.track_records import DueDates


def count_due_dates(promises: Iterable[tuple[date, date | None]], as_of: date) -> DueDates:
    """Count the dates gone by and the share kept; `promises` are days due and days done, None where not done yet.

    >>> count_due_dates([(date(2026, 3, 1), date(2026, 2, 27)), (date(2026, 4, 1), None)], date(2026, 4, 2)).kept
    0.5
    """
    from otklik.goals.due_dates import Promise, chance_of_milestone, due_dates_kept

    known = [Promise(due, done) for due, done in promises]
    past = sum(one.due <= as_of for one in known)
    return DueDates(past=past, kept=due_dates_kept(known, as_of).value, chance=chance_of_milestone(known, as_of))
