"""Open requests of a period: also those that came before it; the same figures however the log is read."""

from datetime import date

import pytest

from otklik.actions import count_open as module
from otklik.actions import look_at as looking
from otklik.actions.count_open import asks_for_a_period, count_open
from otklik.actions.cut_log import Shelf, bounds, cut_log
from otklik.actions.look_at import look_at
from otklik.actions.measure_speed import Yardstick
from otklik.findings.open_requests import OpenHours
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import WeekGrid
from otklik.schemas.views import View

ZONE = "Europe/Moscow"
Kept = tuple[Shelf, ServiceLog, Yardstick]


def means(grid: WeekGrid | None) -> list[float | None]:
    assert grid is not None and grid.mean is not None
    return [mean for day in grid.mean for mean in day]


def test_a_file_read_in_pieces_says_what_the_finding_says(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROWS", 100)
    report = look_at(kept[0], View(), {"when"}, zone=ZONE)
    assert report.when is not None
    assert means(count_open(kept[0], View(), ZONE)) == pytest.approx(means(report.when.open))


def test_those_that_came_before_the_period_are_open_in_it(kept: Kept) -> None:
    shelf, _, _ = kept
    march = View(start=date(2026, 3, 1), end=date(2026, 3, 31))
    begin, end = (int(at.timestamp()) * 1_000_000 for at in bounds(march, ZONE) if at)
    facts = cut_log(shelf, View(), ZONE).facts.to_pylist()
    last = shelf.as_of
    assert last is not None
    open_s = sum(
        max(0, min(end, int((row["ended_at"] or last).timestamp() * 1e6))
            - max(begin, int(row["opened_at"].timestamp() * 1e6)))
        for row in facts
    ) / 1e6  # fmt: skip
    report = look_at(shelf, march, {"when"}, zone=ZONE)
    assert report.when is not None and report.when.open is not None
    hours = OpenHours(ZONE, begin, end)
    looked_s = [sum((hours.edges[1:] - hours.edges[:-1])[hours.cells == cell]) / 1e6 for cell in range(168)]
    told = means(report.when.open)
    total = sum(mean * length for mean, length in zip(told, looked_s, strict=True) if mean)
    assert total == pytest.approx(open_s, rel=1e-6)
    assert sum(map(sum, report.when.open.n)) == 31 * 24


def test_a_part_of_a_big_log_still_counts_all_that_are_open(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = look_at(kept[0], View(), {"when"}, zone=ZONE)
    monkeypatch.setattr(looking, "MOST_FACTS", 1_000)
    part = look_at(kept[0], View(), {"when"}, zone=ZONE)
    assert part.log.sampled and part.when and whole.when
    assert means(part.when.open) == pytest.approx(means(whole.when.open))


def test_filters_by_column_hold_and_nothing_found_is_nothing(kept: Kept) -> None:
    assert count_open(kept[0], View(channel=("no such",)), ZONE) is None
    everything, mail = (means(count_open(kept[0], view, ZONE)) for view in (View(), View(channel=("email",))))
    assert 0 < max(mean or 0 for mean in mail) < max(mean or 0 for mean in everything)


@pytest.mark.parametrize(
    ("view", "period"),
    [
        (View(), False),
        (View(channel=("chat",)), False),
        (View(end=date(2026, 1, 1)), True),
        (View(cohort="open"), True),
    ],
)
def test_a_period_is_days_or_another_cohort(view: View, period: bool) -> None:
    assert asks_for_a_period(view) is period
