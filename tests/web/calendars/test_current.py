"""By which hours to measure and what is promised, as it holds now and as it was."""

from datetime import date
from pathlib import Path

import pytest

from otklik.schemas.targets import Target
from otklik.web.access import Role
from otklik.web.accounts.models import Company
from otklik.web.calendars.current import calendar_file, targets, yardstick, yardstick_of
from otklik.web.calendars.models import ChangedMeanwhile, State
from otklik.web.calendars.promises import Promise, read_promises, write_promises

OFFICE = '[calendars.office]\ntime_zone = "Europe/Moscow"\nweekly = "mon-fri 9-18"\n'
LATE = OFFICE.replace("9-18", "10-19")


def test_nobody_set_hours(company: Company) -> None:
    found = yardstick()
    assert (found.calendar, found.time_zone) == (None, "Europe/Moscow")
    assert found.book() is None
    assert targets() == ()


def test_hours_in_force_are_a_file_named_by_content(company: Company) -> None:
    first = State.put_in_force(State.HOURS, OFFICE, None, after=0)
    then = yardstick()
    assert then.calendar is not None
    assert Path(then.calendar).read_text("utf-8") == OFFICE
    State.put_in_force(State.HOURS, LATE, None, after=1)
    now = yardstick()
    assert now.calendar != then.calendar
    assert now.book().versions["office"][0].weekly[0] == ((36_000, 68_400),)  # type: ignore[union-attr]
    assert yardstick_of(first) == then, "the older state stays reachable"
    assert Path(then.calendar).read_text("utf-8") == OFFICE


def test_a_lost_file_is_written_again(company: Company) -> None:
    State.put_in_force(State.HOURS, OFFICE, None, after=0)
    path = calendar_file(OFFICE)
    path.unlink()
    assert yardstick().book() is not None
    assert path.exists()


def test_states_are_only_added(person, company: Company) -> None:
    state = State.put_in_force(State.HOURS, OFFICE, person(Role.OWNER), after=0)
    assert state is not None
    state.text = LATE
    with pytest.raises(RuntimeError):
        state.save()
    with pytest.raises(RuntimeError):
        state.delete()
    assert State.put_in_force(State.HOURS, OFFICE, None, after=1) is None, "the same again is no new state"


def test_the_later_of_two_overwrites_nothing(company: Company) -> None:
    State.put_in_force(State.HOURS, OFFICE, None, after=0)
    with pytest.raises(ChangedMeanwhile):
        State.put_in_force(State.HOURS, LATE, None, after=0)
    assert State.objects.count() == 1


def test_targets_hold_from_their_day(company: Company) -> None:
    old = Promise(line=1, measure="first_reply", within_s=14_400, share=0.9)
    new = old.model_copy(update={"within_s": 7200, "valid_from": date(2026, 3, 1)})
    end = old.model_copy(update={"stopped": True, "valid_from": date(2026, 6, 1)})
    mail = Promise(
        line=2, measure="resolution", within_s=86_400, share=0.8, clock="business", only={"channel": "email"}
    )
    State.put_in_force(State.TARGETS, write_promises([end, mail, new, old]), None, after=0)
    told = Target(measure="resolution", within_s=86_400, share=0.8, clock="business", only={"channel": "email"})
    assert targets(date(2026, 2, 28)) == (old.target(), told)
    assert targets(date(2026, 3, 1)) == (new.target(), told)
    assert targets(date(2026, 6, 1)) == (told,)


def test_promises_read_as_written() -> None:
    some = [Promise(line=3, measure="waits", within_s=60, share=1, valid_from=date(2026, 1, 1), only={"team": "Ночь"})]
    assert read_promises(write_promises(some)) == some
    assert (write_promises([]), read_promises("")) == ("", [])
