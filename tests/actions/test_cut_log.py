"""Cutting the kept log to a view: periods, cohorts, columns, a part of a big one."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from otklik.actions.cut_log import NotMeasuredYet, Shelf, cut_log
from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_speed import Yardstick
from otklik.scenarios import simulate_company
from otklik.schemas.log import ServiceLog
from otklik.schemas.views import NOTHING, View
from otklik.store import ServiceStore

ZONE = "Europe/Moscow"


def test_days_are_those_of_the_company_and_both_ends_are_inside(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, log, _ = kept
    day = date(2025, 11, 12)
    begin, end = datetime(2025, 11, 11, 21, tzinfo=UTC), datetime(2025, 11, 12, 21, tzinfo=UTC)
    created = [at for at in log.requests["opened_at"].to_pylist() if begin <= at < end]
    assert cut_log(shelf, View(start=day, end=day), ZONE).n == len(created) > 0


def test_every_request_is_in_one_month_of_arrival(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, log, _ = kept
    halves = [View(end=date(2026, 1, 31)), View(start=date(2026, 2, 1))]
    assert sum(cut_log(shelf, view, ZONE).n for view in halves) == log.requests.num_rows


def test_open_at_the_end_are_the_running_ones(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, _, _ = kept
    open_now = cut_log(shelf, View(cohort="open"), ZONE)
    assert open_now.n == open_now.running == cut_log(shelf, View(), ZONE).running > 0
    then = cut_log(shelf, View(cohort="open", end=date(2025, 12, 1)), ZONE)
    assert then.n > 0 and then.running < then.n, "most of those open then have ended since"


def test_answered_in_a_month_asks_for_the_answer_and_not_the_arrival(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, _, _ = kept
    march = {"start": date(2026, 3, 1), "end": date(2026, 3, 31)}
    waits = shelf.kept.read("waits").filter(pc.equal(shelf.kept.read("waits")["state"].cast(pa.string()), "done"))
    begin, until = datetime(2026, 2, 28, 21, tzinfo=UTC), datetime(2026, 3, 31, 21, tzinfo=UTC)
    inside = {row["request"] for row in waits.to_pylist() if begin <= row["end"] < until}
    assert cut_log(shelf, View(cohort="answered", **march), ZONE).n == len(inside) > 0
    assert cut_log(shelf, View(cohort="resolved", **march), ZONE).n > 0


def test_a_part_of_a_big_log_is_told_with_the_true_numbers(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, log, _ = kept
    cut = cut_log(shelf, View(), ZONE, most=1_000)
    assert cut.n == log.requests.num_rows
    assert 800 < (cut.sampled or 0) < 1_200
    assert cut.waits.num_rows < shelf.kept.read("waits").num_rows


def test_what_a_person_writes_never_becomes_sql(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, _, _ = kept
    evil = ("') or 1=1 --", "email'; drop table x; --", '"')
    assert cut_log(shelf, View(team=evil, channel=evil), ZONE).n == 0
    assert cut_log(shelf, View(team=(NOTHING,)), ZONE).n < cut_log(shelf, View(), ZONE).n


def test_a_log_without_facts_says_that_it_is_being_measured(tmp_path: Path) -> None:
    file, _ = simulate_company(1_000, 1).write(tmp_path)
    ServiceStore(tmp_path / "log").import_log(import_log(Records((str(file),))))
    with pytest.raises(NotMeasuredYet):
        Shelf.of(tmp_path / "log", Yardstick())


def test_those_whom_one_person_held_last_are_cut_and_no_address_asks_for_it(
    kept: tuple[Shelf, ServiceLog, Yardstick],
) -> None:
    shelf, _, _ = kept
    rows = shelf.kept.read("facts").to_pylist()
    own = {row["request"] for row in rows if row["assignee"] == "Returns 4" and row["channel"] == "email"}
    cut = cut_log(shelf, View(channel=("email",)), ZONE, held_by=("Returns 4",))
    assert set(cut.facts["request"].to_pylist()) == own and cut.n == len(own) > 0
    assert set(cut.waits["request"].to_pylist()) <= own
    nobody = cut_log(shelf, View(), ZONE, held_by=(NOTHING,))
    assert nobody.n == sum(row["assignee"] is None for row in rows) > 0
    assert View.of_pairs([("assignee", "Returns 4"), ("held_by", "Returns 4")]) == View()
