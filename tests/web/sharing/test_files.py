"""Reports and tables: who gets what, how it is handed over, and when it goes."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, Company, User
from otklik.web.sharing.making import delete_old
from otklik.web.sharing.models import HandedOut

ClientOf = Callable[..., Client]
Work = Callable[[], int]


def bytes_of(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def rows_of(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"), newline="")))


def ask(client: Client, kind: str = "html", query: str = "", language: str = "en") -> HandedOut:
    response = client.post("/take/report/", {"kind": kind, "language": language, "query": query})
    assert response.status_code == 302
    return HandedOut.objects.latest("id")


def test_without_records_the_page_says_what_to_do(owner: Client) -> None:
    page = owner.get("/take/")
    assert page.status_code == 200 and "There are no records yet" in page.text and "/data/" in page.text


def test_the_whole_report_as_page_and_on_paper(owner: Client, log: Path, work: Work) -> None:
    html, pdf = ask(owner, "html", "channel=email"), ask(owner, "pdf", language="ru")
    assert "Waiting for its turn" in owner.get("/take/").text
    work()
    page = owner.get("/take/")
    assert f"/take/file/{html.pk}/" in page.text and "channel: email" in page.text and "owner@example.org" in page.text
    fetched = owner.get(f"/take/file/{html.pk}/")
    assert b"<!doctype html>" in bytes_of(fetched)[:40].lower()
    assert fetched["Content-Disposition"].startswith("attachment") and ".html" in fetched["Content-Disposition"]
    assert fetched["Content-Type"] == "application/octet-stream"
    assert fetched["X-Content-Type-Options"] == "nosniff" and fetched["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in fetched["Cache-Control"]
    assert bytes_of(owner.get(f"/take/file/{pdf.pk}/")).startswith(b"%PDF")
    assert {"file.asked", "file.made", "file.fetched"} <= set(AuditEntry.objects.values_list("verb", flat=True))


def test_files_lie_under_random_names_readable_by_the_owner_only(owner: Client, log: Path, work: Work) -> None:
    one, two = ask(owner), ask(owner)
    work()
    assert one.file != two.file and len(one.file) >= 32 and "." not in one.file
    assert one.path.parent == settings.DATA.handed_out / "files" and one.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MEMBER, Role.VIEWER])
def test_a_foreign_file_is_not_there(role: Role, owner: Client, client_of: ClientOf, log: Path, work: Work) -> None:
    made = ask(owner)
    work()
    other = client_of(role)
    assert other.get(f"/take/file/{made.pk}/").status_code == 404
    assert other.get(f"/take/file/{made.pk}/state/").status_code == 404
    assert other.post(f"/take/file/{made.pk}/delete/").status_code == 404
    assert HandedOut.objects.filter(pk=made.pk).exists() and f"/take/file/{made.pk}/" not in other.get("/take/").text
    assert Client().get(f"/take/file/{made.pk}/").status_code == 302


def test_whoever_sees_figures_only_gets_a_report_without_requests(client_of: ClientOf, log: Path, work: Work) -> None:
    analyst, viewer, member = client_of(Role.ANALYST), client_of(Role.VIEWER), client_of(Role.MEMBER, "Orders")
    files = {client: ask(client) for client in (analyst, viewer, member)}
    work()
    texts = {client: bytes_of(client.get(f"/take/file/{made.pk}/")).decode() for client, made in files.items()}
    assert "Waiting longest" in texts[analyst]
    for client in (viewer, member):
        assert "Waiting longest" not in texts[client] and "There is no wait to explain." in texts[client]
        assert "How fast do we answer?" in texts[client]


def test_a_file_with_requests_is_gone_for_whoever_may_no_longer_see_them(
    client_of: ClientOf, log: Path, work: Work
) -> None:
    analyst = client_of(Role.ANALYST)
    made = ask(analyst)
    work()
    User.objects.filter(email="analyst@example.org").update(role=Role.VIEWER.value)
    assert analyst.get(f"/take/file/{made.pk}/").status_code == 404


def test_tables_of_single_requests(client_of: ClientOf, log: Path, work: Work) -> None:
    member, analyst = client_of(Role.MEMBER, "Orders"), client_of(Role.ANALYST)
    assert client_of(Role.VIEWER).post("/take/rows/requests.csv", {"query": ""}).status_code == 403
    for client in (member, analyst):
        assert client.post("/take/rows/requests.csv", {"query": "channel=email"}).status_code == 302
    work()
    theirs, all_of_them = HandedOut.objects.order_by("id")
    own = rows_of(bytes_of(member.get(f"/take/file/{theirs.pk}/")))
    everything = rows_of(bytes_of(analyst.get(f"/take/file/{all_of_them.pk}/")))
    assert {row["team"] for row in own} == {"Orders"} and "assignee" not in own[0]
    assert len(everything) > len(own) and "assignee" in everything[0]
    assert {row["channel"] for row in everything} == {"email"}
    User.objects.get(email="member@example.org").teams.clear()
    assert member.get(f"/take/file/{theirs.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["rows/facts.csv", "rows/requests.exe", "rows/measures.csv"])
def test_unknown_rows_are_refused(path: str, owner: Client, log: Path) -> None:
    assert owner.post(f"/take/{path}", {"query": ""}).status_code in (404, 422)
    assert not HandedOut.objects.exists()


def test_figures_come_at_once_and_are_those_of_the_view(client_of: ClientOf, log: Path) -> None:
    viewer = client_of(Role.VIEWER)
    answer = viewer.get("/take/table/measures.csv?channel=email")
    assert answer.status_code == 200 and answer["Content-Disposition"] == 'attachment; filename="otklik-measures.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    first = next(row for row in rows_of(answer.content) if row["measure"] == "first_reply")
    whole = next(
        row for row in rows_of(viewer.get("/take/table/measures.csv").content) if row["measure"] == "first_reply"
    )
    assert 0 < int(first["n"]) < int(whole["n"]) and float(first["median_s"]) != float(whole["median_s"])
    book = openpyxl.load_workbook(io.BytesIO(viewer.get("/take/table/arrivals.xlsx").content)).active
    assert book is not None and book.max_row == 169 and isinstance(book["D2"].value, int)
    assert not list((settings.DATA.handed_out / "files").iterdir())
    assert AuditEntry.objects.filter(verb="table.taken").count() == 3


@pytest.mark.parametrize("path", ["table/requests.csv", "table/measures.exe", "table/nothing.csv"])
def test_unknown_tables_are_not_there(path: str, owner: Client, log: Path) -> None:
    assert owner.get(f"/take/{path}").status_code == 404


def test_people_are_compared_only_for_those_who_may_see_them(client_of: ClientOf, log: Path) -> None:
    by_person = "/take/table/slices.csv?by=assignee"
    seen = {row["by"] for row in rows_of(client_of(Role.ANALYST).get(by_person).content)}
    assert seen == {"assignee"}
    assert "assignee" not in {row["by"] for row in rows_of(client_of(Role.VIEWER).get(by_person).content)}


def test_a_view_nobody_can_read_is_said_so(owner: Client, log: Path) -> None:
    answer = owner.post("/take/report/", {"kind": "pdf", "language": "en", "query": "start=tomorrow"})
    assert answer.status_code == 422 and "start tomorrow" in answer.text and not HandedOut.objects.exists()


def test_files_go_after_thirty_days_and_when_told_to(owner: Client, log: Path, work: Work, company: Company) -> None:
    old, kept = ask(owner), ask(owner)
    work()
    HandedOut.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=30, hours=1))
    assert owner.get(f"/take/file/{old.pk}/").status_code == 404
    assert delete_old() == 1 and not old.path.exists() and kept.path.exists()
    assert owner.post(f"/take/file/{kept.pk}/delete/").status_code == 302
    assert not kept.path.exists() and not HandedOut.objects.exists()
