"""The list, undoing an import, deleting a source, forgetting how its files were understood."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from otklik.actions import keep_log
from otklik.actions.import_log import Records, import_log
from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry
from otklik.web.jobs.models import Job
from otklik.web.sources.models import SavedMapping
from tests.web.sources.conftest import SHOP


@pytest.fixture
def kept(tmp_path: object, company: object) -> None:
    """A log that came in by the command line."""
    path = tmp_path / "shop.csv"  # type: ignore[operator]
    path.write_text(SHOP, "utf-8")
    keep_log.add_to_log(settings.DATA.log, import_log(Records((str(path),))))


def test_an_empty_log_says_what_to_do(owner: Client) -> None:
    text = owner.get(reverse("sources")).content.decode()
    assert "There are no records yet" in text
    assert str(settings.DATA.inbox) in text


@pytest.mark.usefixtures("kept")
def test_an_import_is_undone_after_being_asked_again(owner: Client, work: Callable[[], None]) -> None:
    assert "shop" in owner.get(reverse("sources")).content.decode()
    page = reverse("import_undo", args=(1,))
    text = owner.get(page).content.decode()
    assert "5 new requests" in text
    assert keep_log.describe_log(settings.DATA.log)[0].requests == 5, "asking changes nothing"
    response = owner.post(page)
    progress = response.headers["Location"]
    assert owner.get(progress).status_code == 200
    work()
    assert keep_log.describe_log(settings.DATA.log)[0].requests == 0
    assert owner.get(progress).headers["Location"] == reverse("import_account", args=(1,))
    assert "undone" in owner.get(reverse("import_account", args=(1,))).content.decode()
    assert AuditEntry.objects.filter(verb="import.undo").count() == 1
    assert Job.objects.filter(kind="refresh-facts").exists()
    assert owner.post(page).headers["Location"] == reverse("import_account", args=(1,)), "once is enough"


@pytest.mark.usefixtures("kept")
def test_a_source_is_deleted_only_when_its_name_is_typed(owner: Client, work: Callable[[], None]) -> None:
    SavedMapping.objects.create(source="shop", told={}, shape="x")
    page = reverse("source_delete") + "?source=shop"
    assert owner.get(page).status_code == 200
    assert owner.post(page, {"typed": "shopp"}).status_code == 422
    work()
    assert keep_log.describe_log(settings.DATA.log)[0].requests == 5
    assert owner.post(page, {"typed": "shop"}).status_code == 302
    work()
    assert keep_log.describe_log(settings.DATA.log)[0].requests == 0
    assert not SavedMapping.objects.exists()
    assert owner.get(page).status_code == 404
    assert AuditEntry.objects.get(verb="source.delete").about == "shop"


@pytest.mark.usefixtures("kept")
def test_work_that_broke_off_after_it_was_done_is_done(owner: Client, work: Callable[[], None]) -> None:
    keep_log.undo_import(settings.DATA.log, 1)
    Job.add("undo-import", {"import_id": 1})
    Job.add("delete-source", {"source": "nowhere"})
    work()
    assert set(Job.objects.filter(kind__in=("undo-import", "delete-source")).values_list("state", flat=True)) == {
        "done"
    }


@pytest.mark.usefixtures("kept")
def test_analysts_bring_in_but_do_not_take_out(client_of: Callable[..., Client], work: Callable[[], None]) -> None:
    analyst = client_of(Role.ANALYST)
    assert analyst.get(reverse("sources")).status_code == 200
    assert analyst.get(reverse("import_account", args=(1,))).status_code == 200
    for page in (reverse("import_undo", args=(1,)), reverse("source_delete") + "?source=shop"):
        assert analyst.get(page).status_code == 403
        assert analyst.post(page, {"typed": "shop"}).status_code == 403
    assert Job.objects.count() == 0
    assert "Delete" not in analyst.get(reverse("sources")).content.decode()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_others_see_nothing_of_it(client_of: Callable[..., Client], role: Role) -> None:
    client = client_of(role)
    for page in (reverse("sources"), reverse("import_account", args=(1,)), reverse("bad_rows")):
        assert client.get(page).status_code == 403


def test_what_was_learnt_can_be_forgotten(owner: Client) -> None:
    SavedMapping.objects.create(source="shop", told={}, shape="x")
    owner.post(reverse("mapping_forget"), {"source": "shop"})
    assert not SavedMapping.objects.exists()


def test_an_import_nobody_knows_is_not_there(owner: Client) -> None:
    assert owner.get(reverse("import_account", args=(7,))).status_code == 404
    assert owner.get(reverse("bad_rows"), {"import": "7"}).status_code == 404
