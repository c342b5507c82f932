from datetime import date

import pytest

from otklik.goals.due_dates import Promise, chance_of_milestone, due_dates_kept

TODAY = date(2027, 3, 1)


def promises(kept: int, late: int, never: int = 0) -> list[Promise]:
    due = date(2027, 2, 1)
    return [Promise(due, due)] * kept + [Promise(due, date(2027, 2, 9))] * late + [Promise(due, None)] * never


def test_done_on_the_day_is_kept_done_later_is_not():
    assert due_dates_kept(promises(3, 1, 1), TODAY).value == 0.6


def test_dates_to_come_do_not_count():
    assert due_dates_kept([*promises(1, 1), Promise(date(2027, 4, 1), TODAY)], TODAY).value == 0.5
    assert due_dates_kept([], TODAY).value is None


def test_the_chance_is_how_dates_were_kept_before():
    assert chance_of_milestone(promises(6, 3), TODAY) == pytest.approx(0.65)
    assert chance_of_milestone(promises(40, 0), TODAY) == 0.95
    assert chance_of_milestone(promises(0, 40), TODAY) == 0.05


def test_a_few_dates_are_no_past():
    assert chance_of_milestone(promises(4, 0), TODAY) is None
    assert chance_of_milestone([], TODAY) is None
