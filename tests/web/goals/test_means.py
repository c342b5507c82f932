"""What is done for a goal: written down, its effect looked for in the records; where the misses are; what changed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.schemas.goal_changes import Drivers, Part, Shift, Shifts, Split
from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.models import Cycle, Grade, Health, History, KeyResult, Means, Objective
from otklik.web.goals.problems import CycleClosed
from otklik.web.goals.stages import go_on
from otklik.web.goals.told_changes import told_splits
from otklik.web.goals.told_shifts import told_shifts

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 14}


@pytest.fixture
def bound(cycle: Cycle, key_result: KeyResult, time_machine: Any) -> KeyResult:
    """A month whose number comes from the records, which reach two days beyond it."""
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)
    cycle.start, cycle.end = date(2026, 9, 1), date(2026, 9, 30)
    cycle.save()
    key_result.source = SHARE
    key_result.save()
    return key_result


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def get(client: Client, name: str, number: int) -> str:
    response = client.get(reverse(name, args=[number]))
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_written_down_changed_and_taken_away(objective: Objective, key_result: KeyResult, boss: User) -> None:
    browser = client_of(boss)
    new = reverse("means_new", args=[objective.pk])
    told = {"title": "A second shift", "hypothesis": "Mondays stop piling up", "key_result": key_result.pk}
    for wrong in ({"title": ""}, {"link": "javascript:x"}, {"begun_on": "2026-10-09", "done_on": "2026-10-01"}):
        assert browser.post(new, told | wrong).status_code == 422
    assert browser.post(new, told).status_code == 302
    row = Means.objects.get()
    page = get(browser, "objective", objective.pk)
    assert "A second shift" in page and "not begun yet" in page and "does not move a number" in page
    browser.post(reverse("means_edit", args=[row.pk]), told | {"begun_on": "2026-10-05"})
    assert Means.objects.get().begun_on == date(2026, 10, 5)
    assert "begun on" in get(browser, "objective", objective.pk)
    browser.post(reverse("means_delete", args=[row.pk]))
    assert not Means.objects.exists()
    assert History.objects.filter(objective=objective, what="means").count() == 3


def test_the_grade_is_the_same_with_or_without_it(objective: Objective, boss: User) -> None:
    browser = client_of(boss)
    before = get(browser, "objective", objective.pk).count("No grade yet")
    Means.objects.create(objective=objective, title="Shift", done_on=date(2026, 10, 1))
    assert get(browser, "objective", objective.pk).count("No grade yet") == before


def test_its_effect_is_looked_for_and_none_is_made_up(bound: KeyResult, measured_log: Path, boss: User) -> None:
    """Seven of ten are in time on every day: nothing changed, and that cannot be told apart."""
    row = Means.objects.create(objective=bound.objective, title="Shift", begun_on=date(2026, 9, 7),
                               done_on=date(2026, 9, 14))  # fmt: skip
    browser = client_of(boss)
    assert reverse("means_effect", args=[row.pk]) in get(browser, "objective", bound.objective_id)
    shown = get(browser, "means_effect", row.pk)
    assert "cannot tell" in shown and "holds 0" in shown and "70" in shown
    assert "it takes 8 whole weeks before and after it; 5 before and " in shown.replace("that takes", "it takes")
    row.begun_on = row.done_on = date(2026, 10, 30)
    row.save()
    assert "Too early to tell" in get(browser, "means_effect", row.pk)


@pytest.fixture
def done(key_result: KeyResult) -> Means:
    return Means(objective=key_result.objective, title="Shift", begun_on=date(2026, 4, 8), done_on=date(2026, 4, 22))


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        (
            date(2026, 3, 30),
            "A change point lies before it began, in the week of 30 March 2026 (from 70 % to 80 %): something",
        ),
        (date(2026, 4, 13), "changes in the week of 13 April 2026, while this was being done: from 70 % to 80 %."),
        (date(2026, 5, 4), "changes in the week of 4 May 2026, 12 days after this was done: from 70 % to 80 %."),
        (date(2026, 4, 23), "1 day after this was done"),
        (None, "No change point within six weeks after it."),
    ],
)
def test_a_change_point_is_told_beside_it(done: Means, week: date | None, sentence: str) -> None:
    found = Shifts(weeks_before=13, weeks_after=13, shifts=(Shift(week=week, before=0.7, after=0.8),) if week else ())
    assert sentence in " ".join(told_shifts(found, done, "share")).replace("\xa0", " ")


def test_why_no_change_point_is_told(done: Means) -> None:
    few = told_shifts(Shifts(weeks_before=13, weeks_after=7), done, "share")
    assert "13 before and 7 after are on record" in few[0] and "cannot be told" in few[0]
    assert "Too few were served" in told_shifts(None, done, "s")[0]
    assert told_shifts(None, Means(title="not done"), "s") == []


def test_without_records_or_a_bound_number_nothing_is_looked_for(key_result: KeyResult, boss: User) -> None:
    row = Means.objects.create(objective=key_result.objective, title="Shift", done_on=date(2026, 10, 1))
    assert "No number of this goal comes from the records" in get(client_of(boss), "means_effect", row.pk)


def test_where_the_misses_are(bound: KeyResult, measured_log: Path, boss: User) -> None:
    """The last three of ten each morning wait two hours: 42 of 140 on fourteen days, all in the same stretch."""
    shown = get(client_of(boss), "key_result_drivers", bound.pk)
    assert "42 of 140 requests missed it" in shown and "Day of the week" in shown
    assert "Channel" not in shown, "there is only one"
    assert "In which step their time went, these records do not tell." in shown, "nobody is named, no hours are set"
    bound.target = None
    bound.save()
    boss.language = "ru"
    boss.save()
    assert "День недели" in get(client_of(boss), "key_result_drivers", bound.pk)


def test_each_step_is_told_beside_what_it_holds_of_the_others() -> None:
    """Misses: 6 of 8 hours before anybody took them, of three of four known; the others 1 of 2."""
    parts = (Part(part="before", misses_s=21_600, others_s=3_600), Part(part="after", misses_s=7_200, others_s=3_600))
    found = Drivers(
        first=date(2026, 9, 1), last=date(2026, 9, 28), within_s=60, n=9, misses=4, groups=(),
        splits=(Split(by="taken", misses=3, others=5, parts=parts), Split(by="hours", misses=4, others=0, parts=(
            Part(part="open", misses_s=1, others_s=0), Part(part="closed", misses_s=0, others_s=0)))),
    )  # fmt: skip
    taken, hours = told_splits(found)
    assert taken.title == "Before and after somebody took it" and taken.known == "known of 3 of 4"
    assert [(one.name, one.share, one.of_others, one.is_heavy) for one in taken.parts] == [
        ("Before anybody took it", "75\xa0%", "50\xa0%", True), ("After somebody took it", "25\xa0%", "50\xa0%", False),
    ]  # fmt: skip
    assert hours.known == "" and [one.of_others for one in hours.parts] == ["", ""]


@pytest.fixture
def over(bound: KeyResult, boss: User) -> Cycle:
    cycle = bound.objective.cycle
    Health.objects.update(source={"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300})
    for stage in ("active", "closing"):
        go_on(cycle, stage, boss)
    Grade.objects.create(key_result=bound, grade=0.7)
    go_on(cycle, "closed", boss)
    return cycle


def test_what_changed_with_a_closed_cycle(over: Cycle, measured_log: Path, boss: User) -> None:
    """The records begin on 3 August: 28 days before the cycle, and the 28 after it, are known."""
    browser = client_of(boss)
    assert reverse("cycle_changed", args=[over.pk]) in get(browser, "cycle", over.pk)
    assert reverse("cycle_changed_numbers", args=[over.pk]) in get(browser, "cycle_changed", over.pk)
    shown = get(browser, "cycle_changed_numbers", over.pk)
    assert shown.count("cannot tell") == 4, shown
    assert "Reopened within 7 days" in shown and "70" in shown


def test_of_a_running_cycle_nothing_is_told_yet(running: Cycle, boss: User) -> None:
    assert client_of(boss).get(reverse("cycle_changed", args=[running.pk])).status_code == 404


def test_it_is_frozen_with_its_cycle_and_only_writers_write(
    objective: Objective, closed: Cycle, boss: User, person: Callable[..., User]
) -> None:
    with pytest.raises(CycleClosed):
        Means.objects.create(objective=objective, title="Late")
    viewer = client_of(person(Role.VIEWER))
    assert viewer.get(reverse("means_new", args=[objective.pk])).status_code == 403
    assert "Add what we do" not in get(viewer, "objective", objective.pk)
