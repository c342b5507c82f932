"""Every bound number of a cycle before it, at its end, and after."""

from datetime import date

from otklik.actions.cut_log import Shelf
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.actions.what_changed import what_changed
from otklik.schemas.goals import Bound, Cycle, Health, KeyResult, Objective
from otklik.schemas.log import ServiceLog

SHARE = Bound(measure="first_reply", within_s=3600)


def quarter(start: date, end: date) -> Cycle:
    goal = Objective(
        title="o",
        key_results=(
            KeyResult(id="1", title="share", unit="share", target=0.8, source=SHARE),
            KeyResult(id="2", title="typed", target=4),
            KeyResult(id="3", title="nothing", target=4, source=Bound(measure="no_such_measure")),
        ),
        health=(Health(id="9", title="reopened", high=0.1, source=Bound(measure="reopens", within_s=0)),),
    )
    return Cycle(title="Q", start=start, end=end, objectives=(goal,))


def test_before_at_the_end_and_after(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    ruler = GoalRuler(kept[0], "Europe/Moscow")
    found = what_changed(ruler, quarter(date(2026, 1, 1), date(2026, 3, 31)))
    assert [one.id for one in found.key_results] == ["1", "3"] and [one.id for one in found.health] == ["9"]
    share, nothing = found.key_results
    assert nothing.during is None
    assert share.during is not None and share.since is not None
    assert (share.during.before.first, share.during.before.last) == (date(2025, 12, 4), date(2025, 12, 31))
    assert (share.during.after.first, share.during.after.last) == (date(2026, 3, 4), date(2026, 3, 31))
    assert (share.since.after.first, share.since.after.last) == (date(2026, 4, 1), date(2026, 4, 28))
    assert share.since.before == share.during.after


def test_weeks_that_are_not_over_are_not_told(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    ruler = GoalRuler(kept[0], "Europe/Moscow")
    last = ruler.day_of(ruler.as_of)
    found = what_changed(ruler, quarter(last.replace(month=2, day=1), last))
    assert all(one.since is None for one in found.key_results)
