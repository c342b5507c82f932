"""A cycle leaves as a file and comes back as a draft; papers name nobody, tables know no grades."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_speed import Yardstick
from otklik.actions.refresh_facts import refresh_facts
from otklik.scenarios import simulate_company
from otklik.store import ServiceStore
from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.data_folder import DataFolder
from otklik.web.goals.as_of import cycle_now
from otklik.web.goals.models import CheckIn, Cycle, Grade, KeyResult, Objective
from otklik.web.goals.proposing import next_quarter
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def fetched(browser: Client, cycle: Cycle, kind: str) -> bytes:
    response = browser.get(reverse("cycle_file", kwargs={"cycle_id": cycle.pk, "kind": kind}))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    return bytes(response.content)


@pytest.mark.parametrize("kind", ["json", "toml", "csv", "xlsx"])
def test_what_leaves_as_a_file_comes_back(
    kind: str, browser: Client, cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    top, helper = goal("All are answered in time", level="company", team=""), goal(key_results=2)
    helper.contributes_to.set([top])
    KeyResult.objects.filter(position=1).update(source={"how": "pushed", "series": "nps"}, unit="points", target=50)
    content = fetched(browser, cycle, kind)
    sent = SimpleUploadedFile(f"goals.{kind}", content)
    assert browser.post(reverse("goals_import"), {"file": sent}).status_code == 302
    made = Cycle.objects.exclude(pk=cycle.pk).get()
    assert made.stage == "draft"
    assert [one.title for one in made.objectives.all()] == [one.title for one in cycle.objectives.all()]
    again = made.objectives.get(title=helper.title)
    assert [one.title for one in again.contributes_to.all()] == [top.title]
    assert [(one.target, one.source["how"], one.owner) for one in again.key_results.all()] == [
        (0.8, "manual", boss), (50.0, "pushed", boss),
    ]  # fmt: skip


def test_no_export_lists_people_by_grades(browser: Client, running: Cycle, key_result: KeyResult, boss: User) -> None:
    """Where grades stand nobody is named; where people are named there is no grade."""
    CheckIn.objects.create(key_result=key_result, day=running.start, value=0.64, by=boss)
    Grade.objects.create(key_result=key_result, grade=0.5678, by=boss)
    told = cycle_now(running, boss).model_dump_json()
    assert "0.5678" in told and boss.email not in told
    for kind in ("json", "toml", "csv"):
        text = fetched(browser, running, kind).decode()
        assert boss.email in text and "0.5678" not in text and "0.57" not in text
    boss.name = "Anna Orlova"
    boss.save()
    page = fetched(browser, running, "html").decode()
    assert "0.57" in page and boss.email not in page and "Anna Orlova" not in page
    book = openpyxl.load_workbook(io.BytesIO(fetched(browser, running, "xlsx")))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert boss.email in cells and 0.5678 not in cells


@pytest.mark.slow
def test_the_paper_is_a_pdf(browser: Client, running: Cycle) -> None:
    assert fetched(browser, running, "pdf").startswith(b"%PDF-")
    assert AuditEntry.objects.filter(verb="goals.taken").get().facts == {"kind": "pdf"}


def test_personal_goals_stay_at_home(browser: Client, cycle: Cycle, goal: Callable[..., Objective], boss: User) -> None:
    goal("Learn Spanish", level="personal", owner=boss)
    for kind in ("json", "csv"):
        assert b"Spanish" not in fetched(browser, cycle, kind)
    assert "Spanish" not in cycle_now(cycle, boss).model_dump_json()


def test_texts_cannot_become_formulas(browser: Client, cycle: Cycle, goal: Callable[..., Objective]) -> None:
    goal('=HYPERLINK("http://evil.example")')
    text = fetched(browser, cycle, "csv").decode("utf-8-sig")
    assert not any(cell.startswith("=") for line in text.splitlines() for cell in line.replace('"', "").split(","))


@pytest.mark.parametrize(("name", "content", "said"), [
    ("goals.exe", b"x", "ends in .csv"),
    ("goals.json", b"{", "cannot be right"),
    ("goals.json", b'{"title": "Q", "start": "2027-01-01", "end": "2027-03-31", "more": 1}', "cannot be right"),
    ("goals.json", b"\xff", "UTF-8"),
    ("goals.xlsx", b"PK\x03\x04rubbish", ""),
    ("goals.csv", b"a;b\n1;2\n", ""),
    ("goals.json", b" " * (2 * 2**20 + 1), "larger than goals can be"),
])  # fmt: skip
def test_what_cannot_be_read_changes_nothing(name: str, content: bytes, said: str, browser: Client) -> None:
    response = browser.post(reverse("goals_import"), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Cycle.objects.exists()


def test_strangers_in_a_file_are_named(browser: Client) -> None:
    told = {
        "title": "Q1", "start": "2027-01-01", "end": "2027-03-31",
        "objectives": [{"title": "x", "owner": "nobody@example.org"}],
    }  # fmt: skip
    sent = SimpleUploadedFile("q.json", json.dumps(told).encode())
    page = browser.post(reverse("goals_import"), {"file": sent}, follow=True).content.decode()
    assert "nobody@example.org" in page and "answer for nothing" in page


def test_an_unknown_kind_of_file_is_not_there(browser: Client, cycle: Cycle) -> None:
    assert browser.get(reverse("cycle_file", kwargs={"cycle_id": cycle.pk, "kind": "exe"})).status_code == 404


@pytest.mark.parametrize(("on", "start", "end"), [
    (date(2026, 11, 26), date(2027, 1, 1), date(2027, 3, 31)),
    (date(2026, 10, 3), date(2026, 10, 1), date(2026, 12, 31)),
    (date(2027, 2, 20), date(2027, 4, 1), date(2027, 6, 30)),
])  # fmt: skip
def test_the_quarter_that_is_proposed_is_the_coming_one(on: date, start: date, end: date) -> None:
    assert next_quarter(on) == (start, end)


def test_without_records_the_first_cycle_begins_empty(browser: Client) -> None:
    page = browser.get(reverse("goals_first")).content.decode()
    assert "Nothing can be proposed yet" in page and reverse("cycle_new") in page
    browser.post(reverse("goals_first"))
    assert not Cycle.objects.exists()


@pytest.fixture(scope="module")
def busy_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The measured log of a simulated company that is large enough to propose goals from."""
    folder = tmp_path_factory.mktemp("busy")
    file, _ = simulate_company(6_000, 11).write(folder)
    store = ServiceStore(folder / "log")
    store.import_log(import_log(Records((str(file),), time_zone="Europe/Moscow")))
    refresh_facts(store, Yardstick())
    return folder / "log"


@pytest.mark.slow
def test_a_first_cycle_is_proposed_from_the_log_and_kept_by_a_click(
    browser: Client, busy_log: Path, data_folder: DataFolder, boss: User
) -> None:
    data_folder.path.mkdir(parents=True, exist_ok=True)
    data_folder.log.symlink_to(busy_log)
    page = browser.get(reverse("goals_first")).content.decode()
    assert "Look through my records" in page and not Job.objects.exists()
    browser.post(reverse("goals_first"))
    assert "being looked through" in browser.get(reverse("goals_first")).content.decode()
    assert Worker().one()
    page = browser.get(reverse("goals_first")).content.decode()
    assert "Make a draft of it" in page and not Cycle.objects.exists()
    browser.post(reverse("goals_first"))
    made = Cycle.objects.get()
    assert made.stage == "draft" and made.objectives.count() >= 1
    assert {one.source["how"] for one in KeyResult.objects.all()} == {"measure"}
    assert {one.owner for one in Objective.objects.all()} == {boss}
    assert made.objectives.first().title in page


def test_a_log_that_says_too_little_is_told_so(browser: Client, measured_log: Path) -> None:
    browser.post(reverse("goals_first"))
    assert Worker().one()
    assert Job.objects.get().state in (Job.DONE, Job.FAILED)
    page = browser.get(reverse("goals_first")).content.decode()
    assert ("no goal can be proposed" in page) is (Job.objects.get().state == Job.FAILED)


def test_only_those_who_run_cycles_bring_goals_in(person: Callable[..., User]) -> None:
    client = Client()
    client.force_login(person(Role.MEMBER))
    assert client.get(reverse("goals_import")).status_code == 403
