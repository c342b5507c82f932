"""Views by name: one's own, and those of the company."""

from collections.abc import Callable

import pytest
from django.test import Client

from otklik.web.access import Role
from otklik.web.accounts.models import Company
from otklik.web.sharing.models import SavedView

ClientOf = Callable[..., Client]
MENU = "/take/views/menu/"


def save(client: Client, name: str, **more: str) -> int:
    told = {"page": "how_fast", "query": "channel=email&team=Returns", "name": name, **more}
    return client.post(MENU, told).status_code


def test_a_view_is_saved_found_renamed_and_deleted(owner: Client) -> None:
    assert save(owner, "Returns by mail") == 302
    made = SavedView.objects.get()
    assert (made.query, made.is_shared) == ("channel=email&team=Returns", False)
    menu = owner.get(f"{MENU}?page=how_fast&channel=chat", headers={"HX-Request": "true"})
    assert "Returns by mail" in menu.text and "<html" not in menu.text and "channel=chat" in menu.text
    assert "?channel=email&amp;team=Returns" in menu.text
    other = owner.get(f"{MENU}?page=when", headers={"HX-Request": "true"})
    assert "Returns by mail" not in other.text
    assert owner.post(f"/take/views/{made.pk}/", {"name": "Mail", "is_shared": "on"}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.is_shared) == ("Mail", True)
    assert owner.post(f"/take/views/{made.pk}/delete/").status_code == 302 and not SavedView.objects.exists()


def test_a_name_is_taken_once_on_a_page(owner: Client) -> None:
    assert save(owner, "Mine") == 302 and save(owner, "Mine") == 422 and save(owner, "Mine", page="when") == 302


@pytest.mark.parametrize("told", [{"page": "nothing"}, {"query": "start=x"}, {"name": ""}])
def test_what_cannot_be_kept_is_refused(told: dict[str, str], owner: Client) -> None:
    assert save(owner, **{"name": "x", **told}) in (404, 422)
    assert not SavedView.objects.exists()


def test_private_views_are_private_and_shared_ones_are_not_for_others_to_change(client_of: ClientOf) -> None:
    analyst, viewer = client_of(Role.ANALYST), client_of(Role.VIEWER)
    save(analyst, "Private")
    save(analyst, "Shared", is_shared="on")
    private, shared = SavedView.objects.get(name="Private"), SavedView.objects.get(name="Shared")
    page = viewer.get("/take/views/").text
    assert "Shared" in page and "Private" not in page
    for one in (private, shared):
        assert viewer.get(f"/take/views/{one.pk}/").status_code == 404
        assert viewer.post(f"/take/views/{one.pk}/delete/").status_code == 404
    manager = client_of(Role.MANAGER)
    assert manager.post(f"/take/views/{private.pk}/delete/").status_code == 404
    assert manager.post(f"/take/views/{shared.pk}/delete/").status_code == 302
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Private"]


def test_only_who_may_share_shares(client_of: ClientOf, company: Company) -> None:
    assert save(client_of(Role.VIEWER), "Mine", is_shared="on") == 302
    assert not SavedView.objects.get().is_shared
