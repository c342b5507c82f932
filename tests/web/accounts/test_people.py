"""People, teams, the company: who may change whom, and that somebody is always left who can."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from otklik.actions.keep_log import add_to_log
from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, AuditEntry, Company, Invitation, Scope, Team, User
from otklik.web.data_folder import DataFolder
from tests.store.people import met_everywhere

People = Callable[..., User]


def act(client: Client, person: User, name: str) -> int:
    return client.post(reverse("person_act", kwargs={"person_id": person.pk, "act": name})).status_code


def change(client: Client, person: User, **form: object) -> int:
    form = {"name": person.name, "role": person.role, **form}
    return client.post(reverse("person", kwargs={"person_id": person.pk}), form).status_code


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def test_the_only_owner_can_neither_be_lowered_nor_closed(owner: Client, person: People) -> None:
    me = User.objects.get(role="owner")
    assert change(owner, me, role="viewer") == 422 and act(owner, me, "close") == 422
    second = person(Role.OWNER, email="second@example.org")
    assert act(owner, second, "close") == 302
    assert change(owner, me, role="viewer") == 422, "a closed owner is no owner"
    assert fresh(me).role == "owner" and fresh(me).is_active
    assert act(owner, second, "open") == 302 and change(owner, me, role="viewer") == 302


@pytest.mark.parametrize("role", ["owner", "emperor", "", "Owner"])
def test_a_manager_gives_no_role_above_the_own(role: str, client_of: Callable[..., Client], person: People) -> None:
    found = person(Role.VIEWER)
    assert change(client_of(Role.MANAGER), found, role=role) == 422
    assert fresh(found).role == "viewer"
    form = {"email": "new@example.org", "role": role}
    assert client_of(Role.MANAGER).post(reverse("invite"), form).status_code == 422
    assert not Invitation.objects.exists()


def test_only_what_the_form_names_is_changed(owner: Client, person: People) -> None:
    found = person(Role.VIEWER)
    password, joined = found.password, found.joined_at
    more = {
        "email": "evil@example.org",
        "is_active": "",
        "password": "x",
        "pk": "1",
        "joined_at": "2000-01-01",
        "id": 1,
    }
    assert change(owner, found, name="New", **more) == 302
    found = fresh(found)
    assert (found.name, found.email, found.is_active) == ("New", "viewer@example.org", True)
    assert (found.password, found.joined_at) == (password, joined)


def test_a_closed_account_is_out_at_once_with_all_its_tokens(
    owner: Client, person: People, log_in: Callable[..., object]
) -> None:
    anna = person(Role.ANALYST, email="anna@example.org")
    inside = Client()
    log_in(inside, anna.email)
    _, text = ApiToken.make(anna, "t", [Scope.READ])
    act(owner, anna, "close")
    assert inside.get(reverse("my_account")).status_code == 302
    assert ApiToken.by_secret(text) is None
    again = Client()
    log_in(again, anna.email)
    assert again.get(reverse("my_account")).status_code == 302
    act(owner, anna, "open")
    assert inside.get(reverse("my_account")).status_code == 302, "the old session stays ended"
    assert ApiToken.by_secret(text) is None, "and the token revoked"


def test_a_role_that_was_lowered_counts_at_once(owner: Client, client_of: Callable[..., Client]) -> None:
    manager = client_of(Role.MANAGER)
    assert manager.get(reverse("people")).status_code == 200
    change(owner, User.objects.get(email="manager@example.org"), role="viewer")
    assert manager.get(reverse("people")).status_code == 403


def test_every_change_is_written_down(owner: Client, person: People) -> None:
    found = person(Role.VIEWER)
    Team.objects.create(name="Orders")
    change(owner, found, role="member", teams=[Team.objects.get().pk])
    act(owner, found, "close")
    verbs = list(AuditEntry.objects.filter(about=found.email).values_list("verb", flat=True))
    assert verbs == ["person.closed", "person.changed"]
    facts = AuditEntry.objects.get(verb="person.changed").facts
    assert facts == {"role": "member", "before": "viewer", "teams": ["Orders"]}


def test_nobody_closes_the_own_account(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.MANAGER)
    assert act(client, User.objects.get(role="manager"), "close") == 422


def test_members_see_the_teams_they_are_put_into(owner: Client, person: People) -> None:
    found = person(Role.MEMBER)
    assert found.sees_teams() == []
    change(owner, found, teams=[Team.objects.create(name="Orders").pk])
    assert fresh(found).sees_teams() == ["Orders"]


def test_teams_of_the_records_are_offered(owner: Client, data_folder: DataFolder) -> None:
    assert "Found in your records" not in owner.get(reverse("teams")).content.decode()
    add_to_log(data_folder.log, met_everywhere())
    assert "+ Team of Anna Petrova" in owner.get(reverse("teams")).content.decode()
    owner.post(reverse("teams"), {"name": "Team of Anna Petrova"})
    assert "+ Team of Anna Petrova" not in owner.get(reverse("teams")).content.decode()


def test_a_team_has_one_name_and_can_be_renamed_and_taken_away(owner: Client) -> None:
    for name, status in (("Orders", 302), (" Orders ", 422), ("", 422), ("x" * 201, 422)):
        assert owner.post(reverse("teams"), {"name": name}).status_code == status
    team = Team.objects.get()
    assert owner.post(reverse("team", kwargs={"team_id": team.pk}), {"name": "Sales"}).status_code == 302
    assert Team.objects.get().name == "Sales"
    owner.post(reverse("team_delete", kwargs={"team_id": team.pk}))
    assert not Team.objects.exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7*7 }}", "'; drop table x; --", "\u202eevil"])
def test_names_are_shown_as_text(owner: Client, person: People, name: str) -> None:
    found = person(Role.VIEWER)
    change(owner, found, name=name)
    owner.post(reverse("teams"), {"name": name})
    for page in ("people", "teams", "audit"):
        text = owner.get(reverse(page)).content.decode()
        assert "<script>alert" not in text and ">49<" not in text


def test_the_company_is_changed_field_by_field(owner: Client) -> None:
    form = {
        "name": "Us",
        "time_zone": "Europe/Moscow",
        "language": "ru",
        "second_factor_wanted": "",
        "keep_days": "400",
    }
    assert owner.post(reverse("company"), {**form, "is_simulated": "on", "id": 5}).status_code == 302
    ours = Company.ours()
    assert (ours.name, ours.time_zone, ours.language, ours.keep_days, ours.is_simulated) == (
        "Us", "Europe/Moscow", "ru", 400, False,
    )  # fmt: skip
    for wrong in ({"time_zone": "Mars/Olympus"}, {"keep_days": "3"}, {"keep_days": "-1"}, {"language": "xx"}):
        assert owner.post(reverse("company"), {**form, **wrong}).status_code == 422, wrong


def test_the_first_owner_logs_in_with_the_password_as_typed(company: Company, client: Client) -> None:
    """Blanks at its ends belong to it."""
    password = "  correct horse battery "
    form = {"company": "Us", "email": "o@example.org", "password": password, "time_zone": "UTC"}
    client.post(reverse("first_owner"), form)
    assert User.objects.get().check_password(password)
    told = Client().post(reverse("account_login"), {"login": "o@example.org", "password": password})
    assert told.status_code == 302


@pytest.mark.parametrize(("password", "status"), [("q7#Lm2xV", 422), ("q7#Lm2xVb", 422), ("q7#Lm2xVbw", 302)])
def test_ten_characters_are_enough_and_nine_are_not(
    company: Company, client: Client, password: str, status: int
) -> None:
    form = {"company": "Us", "email": "o@example.org", "password": password, "time_zone": "UTC"}
    assert client.post(reverse("first_owner"), form).status_code == status


def test_the_first_owner_is_made_once(company: Company, client: Client) -> None:
    form = {"company": "Us", "email": "o@example.org", "password": "correct horse battery", "time_zone": "UTC"}
    assert client.post(reverse("first_owner"), form).status_code == 302
    assert Client().post(reverse("first_owner"), {**form, "email": "eve@example.org"}).status_code == 302
    assert list(User.objects.values_list("email", "role")) == [("o@example.org", "owner")]
