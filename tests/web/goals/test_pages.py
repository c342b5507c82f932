"""The pages of goals as people use them: a cycle is written, coached, begun, looked at; nobody is rated."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.goals.models import CheckIn, Cycle, Health, History, KeyResult, Objective, Reading, Waiver
from tests.web.goals.conftest import REASON

CYCLE = {
    "title": "Q1 2027", "start": "2027-01-01", "end": "2027-03-31", "check_in_days": "7", "profile": "google",
    "not_now": "A new phone line\n\n Chat in French ",
}  # fmt: skip
NUMBER = {
    "title": "Share answered within 15 minutes: from 48% to 80%", "direction": "raise", "how": "manual",
    "unit_kind": "share", "baseline": "48", "target": "80 %", "weight": "1",
}  # fmt: skip


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def text(response: Any) -> str:
    assert response.status_code in (200, 422), response.status_code
    return response.content.decode()


def test_a_cycle_from_the_first_click_to_its_beginning(browser: Client, boss: User) -> None:
    assert "No goals yet" in text(browser.get(reverse("goals")))
    assert browser.post(reverse("cycle_new"), CYCLE).status_code == 302
    cycle = Cycle.objects.get()
    assert (cycle.mid_review, cycle.closing_from) == (date(2027, 2, 12), date(2027, 3, 25))
    assert cycle.not_now == ["A new phone line", "Chat in French"]
    goal = {"title": "No customer ever feels forgotten", "why": REASON, "level": "company", "owner": boss.pk}
    response = browser.post(reverse("objective_new", args=[cycle.pk]), goal)
    made = Objective.objects.get()
    assert response["Location"] == reverse("objective", args=[made.pk])
    shut = text(browser.get(reverse("cycle", args=[cycle.pk])))
    assert "has no key result" in shut and "Not now" in shut
    assert browser.post(reverse("key_result_new", args=[made.pk]), NUMBER | {"owner": boss.pk}).status_code == 302
    row = KeyResult.objects.get()
    assert (row.baseline, row.target, row.unit) == (0.48, 0.8, "share")
    assert browser.post(reverse("objective_edit", args=[made.pk]),
                        goal | {"commitment": "aspirational", "level": "company"}).status_code == 302  # fmt: skip
    response = browser.post(reverse("cycle_stage", args=[cycle.pk]), {"stage": "active"}, follow=True)
    assert "The cycle is now: Running." in text(response)
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))[1:] == [
        "cycle.made", "goal.made", "goal.changed", "cycle.entered",
    ]  # fmt: skip


def test_an_error_of_the_coach_keeps_a_cycle_from_beginning_until_it_is_waived(
    browser: Client, cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    goal(why="", owner=boss)
    KeyResult.objects.update(owner=boss)
    begin = reverse("cycle_stage", args=[cycle.pk])
    refused = text(browser.post(begin, {"stage": "active"}))
    assert "No reason why it matters" in refused and Cycle.objects.get().stage == "draft"
    made = Objective.objects.get()
    waive = reverse("goal_waive", args=[made.pk])
    assert browser.post(waive, {"rule": "O7", "reason": ""}).status_code == 422
    assert browser.post(waive, {"rule": "O7", "reason": "everybody here knows"}).status_code == 302
    page = text(browser.get(reverse("objective", args=[made.pk])))
    assert "Does not count here: everybody here knows" in page
    assert browser.post(begin, {"stage": "active"}).status_code == 302
    assert Cycle.objects.get().stage == "active"


def test_a_waiver_is_taken_back(browser: Client, objective: Objective) -> None:
    browser.post(reverse("goal_waive", args=[objective.pk]), {"rule": "S7", "reason": "the first goal of all"})
    waiver = Waiver.objects.get()
    browser.post(reverse("waiver_drop", args=[waiver.pk]))
    assert not Waiver.objects.exists()
    told = History.objects.filter(what="waiver").values_list("before", "after", "reason")
    assert list(told) == [("S7", None, "the first goal of all"), (None, "S7", "the first goal of all")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": "Launch a chat-bot for our customers", "why": REASON}, "names a thing to ship"),
        ({"title": "No customer ever feels forgotten", "why": REASON}, "nothing to say against"),
        ({"title": "Share answered in time", "coached": "key_result"}, "There is no number"),
        ({"title": ""}, ""),
    ],
)
def test_the_coach_speaks_while_one_types_and_keeps_nothing(browser: Client, typed: dict[str, str], said: str) -> None:
    piece = text(browser.post(reverse("goals_coach"), typed))
    assert said in piece and "<html" not in piece
    assert not Objective.objects.exists()


def test_a_key_result_under_way_changes_with_a_reason_and_keeps_both(
    browser: Client, running: Cycle, key_result: KeyResult
) -> None:
    edit = reverse("key_result_edit", args=[key_result.pk])
    assert "say why this changes" in text(browser.post(edit, NUMBER | {"target": "60"}))
    assert browser.post(edit, NUMBER | {"target": "60", "reason": "the shop closed"}).status_code == 302
    CheckIn.objects.create(key_result=key_result, day=running.start, value=0.56)
    page = text(browser.get(reverse("objective", args=[key_result.objective_id])))
    assert "from 48" in page and "60" in page
    assert "As first set, its grade is 0.25" in page and "0.67" in page
    assert "the shop closed" in page and "target: 80\xa0% → 60\xa0%" in page
    assert browser.post(reverse("key_result_delete", args=[key_result.pk])).status_code == 422
    assert KeyResult.objects.exists()


def test_two_at_once_do_not_overwrite_each_other(browser: Client, objective: Objective, boss: User) -> None:
    page = text(browser.get(reverse("objective_edit", args=[objective.pk])))
    told = {"title": "Nobody waits in silence", "why": REASON, "level": "team", "team": "Support", "seen": "0"}
    assert 'name="seen" value="0"' in page
    assert browser.post(reverse("objective_edit", args=[objective.pk]), told).status_code == 302
    told["title"] = "Nobody waits at all"
    late = text(browser.post(reverse("objective_edit", args=[objective.pk]), told))
    assert "Somebody else has changed this goal" in late
    assert Objective.objects.get().title == "Nobody waits in silence"


def test_the_tree_shows_who_helps_whom_and_who_hangs_in_the_air(
    browser: Client, cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    top, helper, lost = goal("Top", level="company", team=""), goal("Helper"), goal("Lost")
    goal("My own", level="personal", owner=boss)
    helper.contributes_to.set([top])
    page = text(browser.get(reverse("cycle", args=[cycle.pk])))
    assert page.index("Top") < page.index("Helper") < page.index("These help no other goal") < page.index("Lost")
    assert "Nobody else sees them" in page
    drawn = page[page.index('<svg class="goal-map"') : page.rindex("</svg>")]
    assert drawn.count('class="map-link"') == 1 and "My own" not in drawn
    shown = text(browser.get(reverse("objective", args=[helper.pk])))
    assert "It helps:" in shown and "Top" in shown and lost.title not in shown


def test_a_broken_band_is_shown_on_its_goal_and_on_the_cycle(
    browser: Client, running: Cycle, objective: Objective
) -> None:
    health = Health.objects.get()
    Reading.objects.create(health=health, day=running.start, value=0.06)
    page = reverse("objective", args=[objective.pk])
    assert "Broken:" not in text(browser.get(page)) and "holds" in text(browser.get(page))
    Reading.objects.create(health=health, day=running.start + timedelta(days=1), value=0.08)
    assert "Broken:" in text(browser.get(page))
    assert "Something breaks" in text(browser.get(reverse("cycle", args=[running.pk])))


@pytest.mark.parametrize("secret", ["Learn Spanish"])
def test_nobody_but_its_person_meets_a_personal_goal(
    secret: str, browser: Client, cycle: Cycle, goal: Callable[..., Objective], person: Callable[..., User],
    objective: Objective,
) -> None:  # fmt: skip
    mine = person(Role.MEMBER)
    hidden = goal(secret, level="personal", team="", owner=mine)
    hidden.contributes_to.set([objective])
    KeyResult.objects.filter(objective=hidden).update(title=f"{secret} every day")
    me = Client()
    me.force_login(mine)
    me.post(reverse("objective_edit", args=[hidden.pk]), {"title": secret, "why": "for the trip", "level": "personal"})
    pages = [reverse("cycle", args=[cycle.pk]), reverse("objective", args=[objective.pk]),
             reverse("cycle_history", args=[cycle.pk]), reverse("audit"), reverse("goals")]  # fmt: skip
    assert not [page for page in pages if secret in text(browser.get(page))]
    assert browser.get(reverse("objective", args=[hidden.pk])).status_code == 404
    assert secret in text(me.get(reverse("cycle", args=[cycle.pk])))


def test_no_page_lists_people_by_grades(
    browser: Client, running: Cycle, key_result: KeyResult, objective: Objective, boss: User
) -> None:
    """Owners stand at their goals; nowhere does a page of grades name them."""
    boss.name = "Anna Orlova"
    boss.save()
    Objective.objects.update(owner=boss)
    KeyResult.objects.update(owner=boss)
    CheckIn.objects.create(key_result=key_result, day=running.start, value=0.7, confidence=0.4, by=boss)
    assert "Anna Orlova" not in text(browser.get(reverse("cycle", args=[running.pk])))
    assert "Anna Orlova" not in text(browser.get(reverse("goals")))


def test_a_draft_is_thrown_away_and_what_was_begun_is_not(browser: Client, cycle: Cycle, objective: Objective) -> None:
    assert browser.post(reverse("cycle_stage", args=[cycle.pk]), {"stage": "active"}).status_code == 302
    assert browser.post(reverse("cycle_delete", args=[cycle.pk])).status_code == 422
    other = Cycle.objects.create(title="Next", start=date(2027, 1, 1), end=date(2027, 3, 31))
    assert browser.post(reverse("cycle_delete", args=[other.pk])).status_code == 302
    assert [one.title for one in Cycle.objects.all()] == ["Q4"]


@pytest.mark.parametrize(("changed", "field"), [
    ({"end": "2026-12-31"}, "The last day comes before the first"),
    ({"end": "2029-01-01"}, "A cycle is a year at most"),
    ({"mid_review": "2027-04-01"}, "not inside the cycle"),
    ({"check_in_days": "0"}, "greater than or equal to 1"),
])  # fmt: skip
def test_days_of_a_cycle_follow_each_other(changed: dict[str, str], field: str, browser: Client) -> None:
    assert field in text(browser.post(reverse("cycle_new"), CYCLE | changed))
    assert not Cycle.objects.exists()


def test_a_closed_cycle_is_read_only_on_every_page(browser: Client, closed: Cycle, objective: Objective) -> None:
    page = text(browser.get(reverse("cycle", args=[closed.pk])))
    assert "Write a goal" not in page and "Change the cycle" not in page
    assert "Change the goal" not in text(browser.get(reverse("objective", args=[objective.pk])))
    before = list(Objective.objects.values()), list(KeyResult.objects.values())
    key_result = objective.key_results.get()
    for name, number, told in (
        ("cycle_edit", closed.pk, CYCLE),
        ("objective_new", closed.pk, {"title": "x", "level": "company"}),
        ("objective_edit", objective.pk, {"title": "x", "level": "company"}),
        ("objective_delete", objective.pk, {}),
        ("key_result_new", objective.pk, NUMBER),
        ("key_result_edit", key_result.pk, NUMBER),
        ("key_result_delete", key_result.pk, {}),
        ("health_new", objective.pk, {"title": "x", "high": "1", "how": "manual"}),
        ("goal_waive", objective.pk, {"rule": "S7", "reason": "x"}),
        ("cycle_stage", closed.pk, {"stage": "active"}),
    ):
        assert browser.post(reverse(name, args=[number]), told).status_code == 422, name
    assert (list(Objective.objects.values()), list(KeyResult.objects.values())) == before


def test_the_library_shows_weak_beside_strong(browser: Client) -> None:
    page = text(browser.get(reverse("goals_library")))
    assert "Launch a chat-bot for our customers" in page and "Weak" in page and "Strong" in page


def test_goals_speak_russian(browser: Client, running: Cycle, boss: User) -> None:
    boss.language = "ru"
    boss.save()
    page = text(browser.get(reverse("cycle", args=[running.pk])))
    assert "Идёт" in page and "не в срок" not in page


def test_the_menu_shows_in_which_section_a_page_lies(boss: User, cycle: Cycle) -> None:
    client = Client()
    client.force_login(boss)
    for address, name in ((reverse("goals"), "page"), (reverse("cycle", args=[cycle.pk]), "true")):
        page = client.get(address).content.decode()
        menu = page.split('id="menu"')[1].split("</nav>")[0]
        assert menu.count("aria-current") == 1
        assert f'href="{reverse("goals")}" aria-current="{name}"' in menu
