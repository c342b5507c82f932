"""Personal data: found, handed out, forgotten in database and data folder; requests kept no longer than wanted."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from otklik.actions.keep_log import add_to_log, read_kept_log
from otklik.web.access import Role
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import AuditEntry, Company, User
from otklik.web.accounts.work import ask_to_keep_no_longer, clear_away, exports
from otklik.web.data_folder import DataFolder
from otklik.web.jobs.models import Job
from tests.store.people import ANNA, met_everywhere, places_of

Work = Callable[[], list[Job]]


@pytest.fixture
def data(data_folder: DataFolder, company: Company) -> DataFolder:
    """A log, an upload, a report made, and rows of the database that name the person."""
    add_to_log(data_folder.log, met_everywhere())
    (data_folder.uploads / "a1").write_text(f"id,who\nR1,{ANNA}\n")
    (data_folder.handed_out / "report.html").write_text(f"<p>{ANNA} waited</p>")
    (data_folder.handed_out / "report.pdf").write_bytes(b"%PDF-1.7 packed")
    Job.add("import", {"files": [f"{ANNA}.csv"]}, result={"title": f"of {ANNA}"}, state=Job.DONE)
    record(None, "import.finished", f"{ANNA}.csv", files=[f"{ANNA}.csv"])
    return data_folder


def rows_with(text: str) -> list[str]:
    """Every table of the database with a row that holds the text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            if text.casefold() in repr(cursor.fetchall()).casefold():
                found.append(table)
    return found


def forget(client: Client, *names: str, **more: str) -> Any:
    return client.post(reverse("privacy_forget"), {"names": "\n".join(names), "sure": "on", **more})


def test_a_person_is_found_by_a_part_of_the_name_and_no_address_tells_it(owner: Client, data: DataFolder) -> None:
    page = owner.post(reverse("privacy"), {"like": "petro"}).content.decode()
    assert f'value="{ANNA}"' in page and "Boris" not in page
    assert AuditEntry.objects.get(verb="person.looked-for").facts == {"found": 1}
    assert 'value="Anna' not in owner.get(reverse("privacy"), {"like": "petro"}).content.decode()


def test_everything_is_handed_out_and_deleted_after_three_days(
    owner: Client, data: DataFolder, work: Work, time_machine: Any
) -> None:
    place = owner.post(reverse("privacy_export"), {"names": ANNA})["Location"]
    assert "Fetch the file" not in owner.get(place).content.decode()
    work()
    assert "Fetch the file" in owner.get(place).content.decode()
    answer = owner.get(f"{place}file/")
    with zipfile.ZipFile(BytesIO(b"".join(answer))) as archive:
        assert ANNA in archive.read("requests.csv").decode()
    assert answer["Content-Disposition"].startswith("attachment") and answer["Content-Type"] == "application/zip"
    assert set(AuditEntry.objects.filter(verb__startswith="person.").values_list("verb", flat=True)) == {
        "person.exported",
        "person.export-fetched",
    }
    clear_away()
    assert list(exports().glob("*.zip"))
    for path in exports().glob("*.zip"):
        import os

        os.utime(path, (0, 0))
    clear_away()
    assert not list(exports().glob("*.zip")) and owner.get(f"{place}file/").status_code == 404


def test_a_person_is_forgotten_in_database_and_data_folder(owner: Client, data: DataFolder, work: Work) -> None:
    owner.post(reverse("privacy_export"), {"names": ANNA})
    work()
    assert places_of(ANNA, data.path) and rows_with(ANNA) == ["accounts_auditentry", "jobs_job"]
    place = forget(owner, ANNA)["Location"]
    assert rows_with(ANNA) == ["accounts_auditentry", "jobs_job"], "the names wait sealed"
    jobs = work()
    assert [job.state for job in jobs if job.kind == "forget-person"] == [Job.DONE]
    assert places_of(ANNA, data.path) == [] and rows_with(ANNA) == []
    assert not list(exports().glob("*.zip")), "an export about the person goes too"
    page = owner.get(place).content.decode()
    pseudonym = Job.objects.get(kind="forget-person").result["pseudonym"]
    assert pseudonym in page and pseudonym in (data.uploads / "a1").read_text()
    assert AuditEntry.objects.filter(verb="person.forgotten", about=pseudonym).count() == 1
    assert Job.objects.filter(kind="refresh-facts").exists()


def test_the_same_records_brought_in_again_bring_nobody_back(owner: Client, data: DataFolder, work: Work) -> None:
    forget(owner, ANNA)
    work()
    add_to_log(data.log, met_everywhere())
    assert places_of(ANNA, data.path) == []


def test_forgetting_is_safe_to_begin_again(
    owner: Client, data: DataFolder, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    forget(owner, ANNA)
    with monkeypatch.context() as patched:
        patched.setattr("otklik.web.accounts.work.forget_in_database", crash)
        with pytest.raises(KeyboardInterrupt):
            work()
    assert rows_with(ANNA)
    Job.objects.filter(kind="forget-person").update(state=Job.QUEUED)
    work()
    assert rows_with(ANNA) == [] and places_of(ANNA, data.path) == []


def test_somebody_who_can_still_log_in_is_not_forgotten(
    owner: Client, data: DataFolder, person: Callable[..., User]
) -> None:
    found = person(Role.VIEWER, email="anna@example.org")
    found.name = ANNA
    found.save()
    answer = forget(owner, ANNA)
    assert answer.status_code == 422 and "can still log in" in answer.content.decode()
    assert not Job.objects.filter(kind="forget-person").exists()


def test_a_closed_account_of_the_person_loses_its_name_and_keeps_its_number(
    owner: Client, data: DataFolder, person: Callable[..., User], work: Work
) -> None:
    found = person(Role.VIEWER, email="anna@example.org")
    record(found, "team.made", "Orders")
    User.objects.filter(pk=found.pk).update(name=ANNA, is_active=False)
    forget(owner, ANNA, "anna@example.org")
    work()
    assert rows_with("anna@example.org") == [] and rows_with(ANNA) == []
    found.refresh_from_db()
    assert found.email.endswith("@forgotten.invalid") and not found.has_usable_password()
    assert AuditEntry.objects.get(verb="team.made").by_id == found.pk


@pytest.mark.parametrize("names", ["", " \n ", "\n".join(f"n{n}" for n in range(21))])
def test_nobody_and_too_many_are_refused(owner: Client, names: str) -> None:
    assert owner.post(reverse("privacy_forget"), {"names": names, "sure": "on"}).status_code == 422
    assert owner.post(reverse("privacy_export"), {"names": names}).status_code == 422


def test_their_requests_leave_too_where_that_is_wanted(owner: Client, data: DataFolder, work: Work) -> None:
    forget(owner, ANNA, with_requests="on")
    work()
    assert set(read_kept_log(data.log).requests["request"].to_pylist()) == {"R2", "R3"}


def test_what_ended_long_ago_leaves_by_itself(data: DataFolder, company: Company, work: Work) -> None:
    ask_to_keep_no_longer()
    assert not Job.objects.filter(kind="retain").exists(), "nobody said how long"
    company.keep_days = 30
    company.save()
    ask_to_keep_no_longer()
    ask_to_keep_no_longer()
    assert Job.objects.filter(kind="retain").count() == 1
    work()
    assert set(read_kept_log(data.log).events["request"].to_pylist()) == {"R2", "R3"}
    assert AuditEntry.objects.get(verb="requests.let-go").facts == {"number": 1, "keep_days": 30}


def test_without_a_log_there_is_nobody_to_find(owner: Client) -> None:
    assert "No records yet" in owner.get(reverse("privacy")).content.decode()
    assert owner.post(reverse("privacy"), {"like": "Anna"}).status_code == 200
