"""Due dates kept, and what that makes of those to come."""

from datetime import date, timedelta

import pytest

from otklik.actions.count_due_dates import count_due_dates

ON = date(2026, 11, 2)


def test_dates_to_come_do_not_count_and_late_is_not_kept() -> None:
    gone, late = date(2026, 10, 1), date(2026, 10, 2)
    told = count_due_dates([(gone, gone), (gone, late), (gone, None), (ON + timedelta(days=1), None)], ON)
    assert told.past == 3 and told.kept == pytest.approx(1 / 3)
    assert told.chance is None, "three dates are no past"


def test_enough_dates_give_a_chance() -> None:
    gone = date(2026, 10, 1)
    told = count_due_dates([(gone, gone)] * 6 + [(gone, None)] * 3, ON)
    assert told.chance == pytest.approx(0.65)
    assert count_due_dates([], ON).kept is None
