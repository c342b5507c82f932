"""Signs behind a goal: made-up desks that begin to cheat when the goal begins, and one that does not."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from otklik.actions.cut_log import Shelf
from otklik.actions.import_log import Records, import_log
from otklik.actions.look_for_gaming import look_for_gaming
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.actions.refresh_facts import refresh_facts
from otklik.schemas.gaming import GamingCheck
from otklik.schemas.goals import Bound, Slice
from otklik.store import ServiceStore

START, LAST = date(2026, 4, 1), date(2026, 5, 12)
BOUND = Bound(measure="first_reply", within_s=1800)
Reply = Callable[[Random, bool], tuple[str, float]]
"""From luck, and whether the goal runs, to a channel and a wait in minutes."""


def desk(folder: Path, reply: Reply) -> GoalRuler:
    """Four requests an hour by day, from the middle of January."""
    chance = Random(5)
    rows = ["Ticket,Opened,First reply,Resolved,Status,Channel"]
    at = datetime(2026, 1, 15, 9, tzinfo=UTC)
    while at.date() <= LAST:
        channel, minutes = reply(chance, at.date() >= START)
        answered = at + timedelta(minutes=minutes)
        rows.append(f"{len(rows)},{at:%Y-%m-%d %H:%M:%S},{answered:%Y-%m-%d %H:%M:%S},"
                    f"{answered + timedelta(hours=3):%Y-%m-%d %H:%M:%S},resolved,{channel}")  # fmt: skip
        at += timedelta(minutes=chance.randint(20, 80))
    (folder / "desk.csv").write_text("\n".join(rows), "utf-8")
    store = ServiceStore(folder / "log")
    store.import_log(import_log(Records((str(folder / "desk.csv"),), time_zone="UTC")))
    refresh_facts(store, Yardstick())
    return GoalRuler(Shelf.of(folder / "log", Yardstick()))


def signs(ruler: GoalRuler, bound: Bound = BOUND, **more: bool) -> dict[str, GamingCheck]:
    told = look_for_gaming(ruler, bound, start=START, last=LAST, within_s=1800.0, **more)
    assert told is not None and (told.verdict == "look") == any(check.suspicious for check in told.checks)
    return {check.kind: check for check in told.checks if check.suspicious}


def honest(chance: Random, _since: bool) -> tuple[str, float]:
    return chance.choice(["email", "chat"]), chance.lognormvariate(3.4, 0.8)


def test_an_honest_desk_shows_nothing(tmp_path: Path) -> None:
    assert signs(desk(tmp_path, honest)) == {}


def test_a_desk_that_only_got_faster_shows_nothing(tmp_path: Path) -> None:
    def faster(chance: Random, since: bool) -> tuple[str, float]:
        channel, minutes = honest(chance, since)
        return channel, minutes * (0.7 if since else 1.0)

    assert signs(desk(tmp_path, faster)) == {}


def test_replies_that_are_sent_right_before_the_limit_pile_up(tmp_path: Path) -> None:
    def just_in_time(chance: Random, since: bool) -> tuple[str, float]:
        channel, minutes = honest(chance, since)
        return channel, 29.0 + chance.random() if since and 30 < minutes < 60 else minutes

    sign = signs(desk(tmp_path, just_in_time))["pile_up"]
    assert sign.now is not None and sign.before is not None and sign.now > 3 * sign.before


def test_a_gain_that_is_only_more_of_the_quick_channel_is_told(tmp_path: Path) -> None:
    def more_chat(chance: Random, since: bool) -> tuple[str, float]:
        channel = "chat" if chance.random() < (0.9 if since else 0.5) else "email"
        return channel, chance.lognormvariate(2.5 if channel == "chat" else 4.5, 0.8)

    ruler = desk(tmp_path, more_chat)
    assert (signs(ruler)["mix"].now or 0) > 0.8
    inside = BOUND.model_copy(update={"which": Slice(channel=("chat",))})
    assert "mix" not in signs(ruler, inside), "within one channel nothing can shift"
    assert "mix" not in signs(ruler, lower_is_better=True), "this is no gain where less is better"


def test_answers_that_nobody_can_have_written_are_told(tmp_path: Path) -> None:
    def robot(chance: Random, since: bool) -> tuple[str, float]:
        channel, minutes = honest(chance, since)
        return channel, 0.1 if since and chance.random() < 0.3 else minutes

    sign = signs(desk(tmp_path, robot))["auto_reply"]
    assert sign.before is not None and sign.before < 0.05 < 0.2 < (sign.now or 0)


def test_a_backlog_has_nothing_to_look_at_and_counts_have_only_their_requests(tmp_path: Path) -> None:
    ruler = desk(tmp_path, honest)
    backlog = Bound(measure="resolution", statistic="count", which=Slice(cohort="open"))
    assert look_for_gaming(ruler, backlog, start=START, last=LAST) is None
    reopened = Bound(measure="reopens", which=Slice(cohort="resolved"))
    told = look_for_gaming(ruler, reopened, start=START, last=LAST)
    assert told is not None and {check.kind for check in told.checks} == {
        "excluded", "reopened", "merged", "auto_reply", "on_hold",
    }  # fmt: skip
    assert signs(ruler, Bound(measure="waits", within_s=1800)) == {}


def test_a_record_without_a_past_tells_nothing(tmp_path: Path) -> None:
    ruler = desk(tmp_path, honest)
    told = look_for_gaming(ruler, BOUND, start=date(2026, 1, 1), last=LAST, within_s=1800.0)
    assert told is not None and told.verdict == "stands"
    assert not any(check.told for check in told.checks)
