"""Where the record of a goal begins anew: made-up desks with a new channel, or with other working hours."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.find_restart import find_restart
from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.actions.read_push import Push, read_push
from otklik.actions.refresh_facts import refresh_facts
from otklik.schemas.forecasts import Forecast
from otklik.schemas.goals import Bound, Cycle, KeyResult, Objective, Slice
from otklik.store import ServiceStore

FIRST, LAST = date(2026, 1, 5), date(2026, 5, 31)
CAME = date(2026, 3, 10)
SHARE = Bound(measure="first_reply", within_s=600)
HOURS = """\
[[calendars.office]]
time_zone = "UTC"
weekly = "mon-sun 8-12"

[[calendars.office]]
valid_from = 2026-02-02
time_zone = "UTC"
weekly = "mon-sun 8-12"
holidays = [2026-02-20]

[[calendars.office]]
name = "Longer days"
valid_from = 2026-04-06
time_zone = "UTC"
weekly = "mon-sun 8-20"
"""


def desk(folder: Path, calendar: str | None = None, every: int = 3) -> GoalRuler:
    """Ten requests a day by mail; since the tenth of March every so many come by chat, and are answered at once."""
    rows = []
    for day in range((LAST - FIRST).days + 1):
        for n in range(10):
            at = datetime.combine(FIRST, datetime.min.time(), UTC) + timedelta(days=day, hours=9, minutes=7 * n)
            chat = at.date() >= CAME and n % every == 0
            wait = timedelta(minutes=1 if chat or n < 4 else 30)
            about = {"request": f"R{day}-{n}", "channel": "chat" if chat else "email"}
            rows += [
                {**about, "at": at.isoformat(), "kind": "created", "by": "customer"},
                {**about, "at": at.isoformat(), "kind": "message", "by": "customer", "public": True},
                {**about, "at": (at + wait).isoformat(), "kind": "message", "by": "agent", "public": True},
            ]
    body = folder / "body"
    body.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    store, yardstick = ServiceStore(folder / "log"), Yardstick(calendar)
    until = datetime.combine(LAST + timedelta(days=1), datetime.min.time(), UTC)
    store.import_log(read_push(Push("body", body, "ndjson", "desk", as_of=until)))
    refresh_facts(store, yardstick)
    return GoalRuler(Shelf.of(folder / "log", yardstick), calendar=calendar)


@pytest.fixture(scope="module")
def ruler(tmp_path_factory: pytest.TempPathFactory) -> GoalRuler:
    return desk(tmp_path_factory.mktemp("restart"))


def test_a_new_channel_that_matters_starts_the_record_again(ruler: GoalRuler) -> None:
    found = find_restart(ruler, SHARE, LAST)
    assert found is not None and (found.day, found.why, found.what) == (CAME, "channel", "chat")


@pytest.mark.parametrize("which", [Slice(channel=("email",)), Slice(channel=("chat",))])
def test_of_one_channel_there_is_one_record(ruler: GoalRuler, which: Slice) -> None:
    assert find_restart(ruler, SHARE.model_copy(update={"which": which}), LAST) is None


def test_what_did_not_come_yet_or_is_small_or_was_always_there_is_no_break(ruler: GoalRuler, tmp_path: Path) -> None:
    assert find_restart(ruler, SHARE, CAME - timedelta(days=1)) is None
    rare = desk(tmp_path, every=10)
    assert find_restart(rare, SHARE, LAST) is not None, "one in ten is a real part"
    assert find_restart(rare, SHARE, CAME + timedelta(days=10)) is None, "of the newest weeks it is not yet one"


def test_other_weekly_hours_start_the_record_of_working_time_again(tmp_path: Path) -> None:
    (tmp_path / "hours.toml").write_text(HOURS, "utf-8")
    office = desk(tmp_path, str(tmp_path / "hours.toml"))
    mail = Slice(channel=("email",))
    business = SHARE.model_copy(update={"clock": "business", "which": mail})
    found = find_restart(office, business, LAST)
    assert found is not None and (found.day, found.why, found.what) == (date(2026, 4, 6), "hours", "Longer days")
    assert find_restart(office, business, date(2026, 4, 5)) is None, "a holiday more is no break"
    assert find_restart(office, SHARE.model_copy(update={"which": mail}), LAST) is None, "elapsed time has no hours"


def test_the_forecast_learns_nothing_from_before_and_says_so(ruler: GoalRuler) -> None:
    def forecast(on: date, **more: object) -> Forecast:
        bound = SHARE.model_copy(update=more)
        share = KeyResult(id="s", title="s", baseline=0.4, target=0.7, unit="share", source=bound)
        objective = Objective(id="o", title="Customers hear from us", key_results=(share,))
        cycle = Cycle(title="Q2", start=date(2026, 4, 6), end=date(2026, 7, 5), objectives=(objective,))
        (found,) = grade_cycle(Grading(ruler, cycle, on, with_gaming=False)).objectives[0].key_results
        assert found.forecast is not None
        return found.forecast

    anew, whole = forecast(date(2026, 5, 24)), forecast(date(2026, 5, 24), which=Slice(channel=("email",)))
    assert anew.restart is not None and anew.restart.day == CAME
    assert whole.restart is None and whole.weeks - anew.weeks >= 8
    assert forecast(date(2026, 4, 20)).why_none == "too-few-weeks", "six weeks are too few to foresee anything"
