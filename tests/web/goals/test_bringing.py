"""What is being done comes out of an issue tracker: shown first, written once, told anew, and it moves no number."""

import html
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.actions.read_means import MOST
from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.goals.limits import MOST_BYTES
from otklik.web.goals.models import CheckIn, Cycle, History, KeyResult, Means, Measured, Objective
from otklik.web.goals.standing import stand

ISSUES = """\
Issue key,Summary,Status,Created,Resolved,URL
SUP-1,"=A second shift <b>",Done,2026-10-05,2026-10-19,https://t.example/SUP-1
SUP-2,Call the ten oldest,To Do,2026-10-06,,
,Nobody's,,,,
"""


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def browser(boss: User) -> Client:
    return client_of(boss)


def look(browser: Client, cycle: Cycle, text: str | bytes = ISSUES, name: str = "issues.csv") -> Any:
    content = text.encode() if isinstance(text, str) else text
    return browser.post(reverse("means_bring", args=[cycle.pk]), {"file": SimpleUploadedFile(name, content)})


def bring(browser: Client, cycle: Cycle, text: str = ISSUES, **choices: str) -> Any:
    """Upload, then send back what the page shows, with these choices."""
    page = look(browser, cycle, text).content.decode()
    rows = re.search(r'<textarea name="rows" hidden>(.*?)</textarea>', page, re.S)
    assert rows, page
    fields = re.findall(r'<select name="(for_\d+)"[^>]*>\s*<option value="(\w+)" selected', page)
    told = {"rows": html.unescape(rows[1]), **dict(fields), **choices}
    return browser.post(reverse("means_bring", args=[cycle.pk]), told)


def test_what_was_read_is_shown_before_anything_is_kept(browser: Client, cycle: Cycle, objective: Objective) -> None:
    assert reverse("means_bring", args=[cycle.pk]) in browser.get(reverse("cycle", args=[cycle.pk])).content.decode()
    assert browser.get(reverse("means_bring", args=[cycle.pk])).status_code == 200
    page = look(browser, cycle).content.decode()
    assert "=A second shift &lt;b&gt;" in page and "SUP-2" in page and "https://t.example/SUP-1" in page
    assert "Line 4: it has neither a key nor a link by which it could be found again." in page
    assert f"The goal as a whole: {objective.title}" in page and str(KeyResult.objects.get()).split(" (")[0] in page
    assert not Means.objects.exists()


def test_chosen_lines_become_means_and_history(
    browser: Client, cycle: Cycle, objective: Objective, key_result: KeyResult
) -> None:
    assert bring(browser, cycle, all=f"o{objective.pk}", for_1=f"k{key_result.pk}").status_code == 302
    first, second = Means.objects.order_by("id")
    assert (first.title, first.key, first.link) == ("=A second shift <b>", "SUP-1", "https://t.example/SUP-1")
    assert (first.begun_on, first.done_on, first.key_result) == (date(2026, 10, 5), date(2026, 10, 19), None)
    assert (second.begun_on, second.done_on, second.key_result) == (date(2026, 10, 6), None, key_result)
    lines = History.objects.filter(objective=objective, what="means")
    assert lines.count() == 2 and {one.reason for one in lines} == {"brought in from the issue tracker"}
    assert AuditEntry.objects.filter(verb="goals.means_brought").exists()
    assert "SUP-1" in browser.get(reverse("objective", args=[objective.pk])).content.decode()


def test_brought_in_again_it_is_not_doubled_and_tells_its_dates_anew(
    browser: Client, cycle: Cycle, objective: Objective
) -> None:
    bring(browser, cycle, all=f"o{objective.pk}")
    Means.objects.filter(key="SUP-2").update(title="Call them all", hypothesis="They stay")
    before = History.objects.count()
    assert "It is there already" in look(browser, cycle).content.decode()
    bring(browser, cycle)
    assert Means.objects.count() == 2 and History.objects.count() == before, "as it was is no change"
    later = ISSUES.replace("2026-10-06,,", "2026-10-06,2026-11-02,").replace("2026-10-19", "")
    bring(browser, cycle, later)
    first, second = Means.objects.order_by("id")
    assert (first.done_on, second.done_on) == (None, date(2026, 11, 2)), "one was opened again, one is done"
    assert (second.title, second.hypothesis) == ("Call them all", "They stay")
    lines = History.objects.filter(what="means").order_by("id")[2:]
    assert [(one.field, one.before, one.after) for one in lines] == [
        ("done_on", "2026-10-19", None), ("done_on", None, "2026-11-02"),
    ]  # fmt: skip


def test_a_file_that_knows_no_ends_takes_none_away(browser: Client, cycle: Cycle, objective: Objective) -> None:
    bring(browser, cycle, all=f"o{objective.pk}")
    bring(browser, cycle, "key,summary,created\nSUP-1,A second shift,2026-10-07\n")
    first = Means.objects.get(key="SUP-1")
    assert (first.begun_on, first.done_on) == (date(2026, 10, 7), date(2026, 10, 19))


def test_what_is_known_by_its_link_alone_is_found_by_it(browser: Client, cycle: Cycle, objective: Objective) -> None:
    row = Means.objects.create(objective=objective, title="Shift", link="https://t.example/SUP-1",
                               begun_on=date(2026, 11, 1))  # fmt: skip
    bring(browser, cycle, all=f"o{objective.pk}")
    row.refresh_from_db()
    assert Means.objects.count() == 2 and row.key == "SUP-1" and row.done_on == date(2026, 10, 19)
    assert row.begun_on == date(2026, 10, 5)


def test_it_never_moves_a_number(
    browser: Client, running: Cycle, objective: Objective, key_result: KeyResult, boss: User
) -> None:
    def state() -> tuple[Any, ...]:
        (stands,) = stand(running, [Objective.objects.get()])
        numbers = [(one.number, one.shown_grade) for one in stands.key_results]
        rows = list(KeyResult.objects.values()), list(CheckIn.objects.values()), list(Measured.objects.values())
        return numbers, rows

    CheckIn.objects.create(key_result=key_result, day=running.start, value=0.64, by=boss)
    before = state()
    assert bring(browser, running, all=f"k{key_result.pk}").status_code == 302
    assert Means.objects.filter(key_result=key_result).count() == 2
    assert state() == before


def test_nothing_chosen_or_nowhere_is_told(browser: Client, cycle: Cycle, objective: Objective) -> None:
    for wrong in (
        {"for_0": "", "for_1": ""},
        {"all": ""},
        {"all": "o4711"},
        {"for_0": "k4711", "all": f"o{objective.pk}"},
    ):
        assert bring(browser, cycle, **wrong).status_code == 422, wrong
    assert not Means.objects.exists()


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        (b"a,b\n1,2\n", "a.csv", "no heading says"),
        (b"key,title\n", "a.xlsx", "Choose a file that ends in"),
        (b"x" * (MOST_BYTES + 1), "a.csv", "larger than a list of issues"),
        (b"key,title\n" + b"".join(b"A-%d,x\n" % n for n in range(MOST + 1)), "a.csv", "at most 200"),
        (b"[1", "a.json", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_on_the_page(
    browser: Client, cycle: Cycle, objective: Objective, text: bytes, name: str, told: str
) -> None:
    page = look(browser, cycle, text, name)
    assert page.status_code == 422 and told in page.content.decode()


def test_the_list_of_github_is_read(browser: Client, cycle: Cycle, objective: Objective) -> None:
    told = [{"number": 12, "title": "Shift", "state": "open", "createdAt": "2026-10-05T10:00:00Z", "closedAt": None}]
    page = look(browser, cycle, json.dumps(told), "issues.json")
    assert page.status_code == 200 and "Shift" in page.content.decode()


def test_a_cycle_being_graded_takes_no_work(browser: Client, running: Cycle) -> None:
    Cycle.objects.get(pk=running.pk).enter("closing")
    assert browser.get(reverse("means_bring", args=[running.pk])).status_code == 422
    told = {"rows": '[{"key": "A", "title": "x"}]'}
    assert browser.post(reverse("means_bring", args=[running.pk]), told).status_code == 422
    assert not Means.objects.exists()


def test_goals_of_others_take_none_and_personal_ones_are_not_seen(
    cycle: Cycle, goal: Callable[..., Objective], person: Callable[..., User], boss: User
) -> None:
    """A member brings work into the goals of the own teams; what others have brought there stays theirs."""
    member = person(Role.MEMBER)
    mine = goal("Learn", level="personal", team="", owner=member)
    other = goal("Orders are quick", team="Orders")
    secret = goal("Change my job", level="personal", team="", owner=boss)
    for home in (other, secret):
        Means.objects.create(objective=home, title="x", key="SUP-1" if home == other else "SUP-2")
    browser = client_of(member)
    page = look(browser, cycle).content.decode()
    assert "You may look at this goal, but not change it." in page and "Change my job" not in page
    for home in (other, secret):
        assert bring(browser, cycle, all=f"o{home.pk}").status_code == 422
    bring(browser, cycle, all=f"o{mine.pk}", for_0="dates")
    assert list(Means.objects.filter(objective=mine).values_list("key", flat=True)) == ["SUP-2"]
    assert Means.objects.get(objective=other).done_on is None and Means.objects.get(objective=secret).begun_on is None
