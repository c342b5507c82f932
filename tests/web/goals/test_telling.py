"""The history in words: values with their units, days as days, a changed source part by part."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from otklik.web.accounts.models import User
from otklik.web.goals.changing import remove, write
from otklik.web.goals.models import Cycle, Health, History, KeyResult, Objective
from otklik.web.goals.telling import change_text

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 14_400}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def told_after(row: Any, boss: User, **changes: Any) -> list[str]:
    """Change a row, and read the lines it leaves."""
    for name, value in changes.items():
        setattr(row, name, value)
    return [plain(change_text(line)) for line in write(row, boss)]


@pytest.fixture
def timed(key_result: KeyResult, boss: User) -> KeyResult:
    key_result.unit, key_result.title, key_result.target = "s", "Reply", 32_400.0
    write(key_result, boss)
    return key_result


def test_times_shares_and_counts_read_in_their_unit(timed: KeyResult, objective: Objective, boss: User) -> None:
    assert told_after(timed, boss, target=28_800.0) == ["“Reply”, target: 9 h → 8 h"]
    health = Health.objects.get()
    assert told_after(health, boss, high=0.075) == ["“Reopened within 7 days”, upper end: 6 % → 7.5 %"]
    assert told_after(timed, boss, unit="points") == ["“Reply”, unit: Time → points"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"within_s": 7_200}, "within 4 h → within 2 h"),
        ({"which": {"team": ["First line"]}}, "team: all → team: First line"),
        ({"clock": "business", "window_days": None},
         "in calendar time → in working time; over the last 28 days → over the whole cycle"),
        ({"measure": "resolution"}, "First reply → Resolution"),
        ({"statistic": "quantile", "within_s": None, "quantile": 0.9}, "within 4 h → the time that 90 % stay within"),
        ({"weekly": True}, "by the number at the end → by the weeks that keep it"),
        ({"calendar": "ru-5x8"}, "by the hours of the company → by the hours ru-5x8"),
    ],
)  # fmt: skip
def test_a_changed_source_is_told_part_by_part(
    change: dict[str, Any], words: str, timed: KeyResult, boss: User
) -> None:
    told_after(timed, boss, source=SHARE)
    (line,) = told_after(timed, boss, source=SHARE | change)
    assert line == f"“Reply”, where the number comes from: {words}"


def test_another_kind_of_source_is_told_whole(timed: KeyResult, boss: User) -> None:
    (line,) = told_after(timed, boss, source=SHARE)
    assert "typed by people → First reply, within 4 h" in line
    (line,) = told_after(timed, boss, source={"how": "pushed", "series": "nps.support"})
    assert line.endswith("→ sent by a program as nps.support")
    counted = {"how": "measure", "measure": "reopens", "statistic": "share", "which": {"cohort": "resolved"}}
    (line,) = told_after(timed, boss, source=counted)
    assert "at least one" in line and "that were solved in this period" in line


def test_days_steps_and_checkpoints_are_words(timed: KeyResult, cycle: Cycle, boss: User) -> None:
    steps = [{"title": "a", "weight": 1.0, "done": False}, {"title": "b", "weight": 1.0, "done": False}]
    assert told_after(timed, boss, steps=steps) == ["“Reply”, steps: nothing → 0 of 2 steps"]
    done = [steps[0] | {"done": True}, steps[1]]
    assert told_after(timed, boss, steps=done) == ["“Reply”, steps: 0 of 2 steps → 1 of 2 steps"]
    point = [{"day": "2026-11-01", "value": 30_600.0}]
    assert told_after(timed, boss, checkpoints=point) == [
        "“Reply”, checkpoints: nothing → 1 November 2026 – 8 h 30 min"
    ]
    assert told_after(timed, boss, due=date(2026, 12, 1), leading=True) == [
        "“Reply”, day it is due: nothing → 1 December 2026", "“Reply”, early or late: nothing → It moves early",
    ]  # fmt: skip
    assert told_after(timed, boss, scale="log") == ["“Reply”, scale: evenly → by ratios"]


def test_what_is_gone_keeps_its_unit(timed: KeyResult, boss: User) -> None:
    told_after(timed, boss, target=28_800.0)
    objective = timed.objective
    remove(timed, boss)
    client = Client()
    client.force_login(boss)
    page = plain(client.get(reverse("objective", args=[objective.pk])).content.decode())
    assert "9 h → 8 h" in page and "Taken away: key result “Reply”" in page


def test_a_long_history_asks_once_for_all_units(
    goal: Callable[..., Objective], cycle: Cycle, boss: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        row = goal(f"goal {number}").key_results.get()
        for target in (0.6, 0.7):
            row.target = target
            write(row, boss)
    client = Client()
    client.force_login(boss)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("cycle_history", args=[cycle.pk])).content.decode()
    assert plain(page).count("60 % → 70 %") == 4


def test_in_russian(timed: KeyResult, boss: User) -> None:
    told_after(timed, boss, target=28_800.0, source=SHARE)
    told_after(timed, boss, source=SHARE | {"within_s": 7_200, "which": {"team": ["Первая линия"]}})
    with translation.override("ru"):
        lines = [plain(change_text(line)) for line in History.objects.filter(what="keyresult").order_by("pk")]
    assert any("9 ч → 8 ч" in line for line in lines)
    assert any("за 4 ч → за 2 ч" in line and "команда: все → команда: Первая линия" in line for line in lines)
