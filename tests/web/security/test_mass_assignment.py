"""Every form is sent every field of every model: only what the form names is taken."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import Invitation, Team, User
from otklik.web.goals.models import Cycle
from otklik.web.sharing.models import Digest, SavedView, ShareLink

WORD, NUMBER, MOMENT = "poisoned", 987_654, "2099-09-09T09:09:09Z"


def _poison(field: Any) -> str:
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.EmailField):
        return f"{WORD}@example.org"
    if isinstance(field, models.JSONField):
        return f'["{WORD}"]'
    if isinstance(field, models.DateField | models.DateTimeField):
        return MOMENT
    if field.is_relation or isinstance(field, models.IntegerField | models.FloatField):
        return str(NUMBER)
    return WORD


POISON = {
    name: _poison(field)
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    for name in (field.name, field.attname)
} | {"role": "owner", "scope": "admin", "is_superuser": "on", "is_staff": "on", "password": "a strong password 4711"}

FORMS: list[tuple[str, dict[str, Any]]] = [
    ("my_account", {"name": "Me", "language": "ru"}),
    ("company", {"name": "Us", "time_zone": "UTC", "language": "en", "second_factor_wanted": "", "keep_days": ""}),
    ("teams", {"name": "Orders"}),
    ("tokens", {"name": "export", "scopes": ["read"], "days": 30}),
    ("invite", {"email": "new@example.org", "role": "viewer", "teams": []}),
    ("saved_views_menu", {"name": "Mine", "page": "how_fast", "query": "", "is_shared": ""}),
    ("link_make", {"name": "For the board", "page": "how_fast", "query": "", "days": 7}),
    ("digest_make", {"name": "Our week", "query": "", "rhythm": "weekly", "language": "en", "person": ""}),
    (
        "chat_make",
        {"name": "Support", "token": "123456789:AAH-0123456789abcdefghijklmnop", "chat": "-1001", "about": ["goals"]},
    ),
    ("webhooks", {"url": "https://example.org/hook", "events": []}),
    ("target_new", {"name": "Reply"}),
    ("calendar_new", {"name": "Office"}),
    ("report_ask", {"query": "", "kind": "html", "language": "en"}),
    ("upload_new", {"upload": ""}),
    ("privacy", {"like": "Anna"}),
    (
        "cycle_new",
        {
            "title": "Q1",
            "start": "2027-01-01",
            "end": "2027-03-31",
            "check_in_days": 7,
            "profile": "google",
            "not_now": "",
            "mid_review": "",
            "closing_from": "",
        },
    ),
    ("goals_talks", {"kind": "note", "note-text": "x"}),
    ("goals_dates", {}),
    ("goals_words", {"method": "OKR", "en": "", "ru": "task"}),
    ("goals_coach", {"title": "Be fast", "why": ""}),
    ("goals_number", {"how": "measure", "within": "5m"}),
]


def dump() -> str:
    return json.dumps({m._meta.label: list(m._default_manager.values()) for m in apps.get_models()}, default=str)


def poisoned() -> list[str]:
    """Every place where something stands that no form has asked for."""
    found = []
    for model in apps.get_models():
        for row in model._default_manager.values():
            for name, value in row.items():
                text = str(value)
                if WORD in text or str(NUMBER) in text or text.startswith("2099-09-09"):
                    found.append(f"{model._meta.label}.{name}")
    return found


@pytest.mark.parametrize(("name", "told"), FORMS, ids=[name for name, _ in FORMS])
def test_only_what_a_form_names_is_taken(name: str, told: dict[str, Any], owner: Client) -> None:
    me = User.objects.get()
    before = {field: getattr(me, field) for field in ("pk", "email", "role", "is_active", "password")}
    response = owner.post(reverse(name), {**POISON, **told})
    assert response.status_code in (200, 302, 422), f"{name} answered {response.status_code}"
    assert poisoned() == []
    me.refresh_from_db()
    assert {field: getattr(me, field) for field in before} == before


def test_the_poison_would_be_seen(person: Callable[..., User]) -> None:
    assert {"role", "email", "token_hash", "expires_at", "owner_id", "made_by", "is_active"} <= POISON.keys()
    Team.objects.create(name=WORD)
    assert poisoned() == ["accounts.Team.name"]


def test_goals_take_only_what_their_forms_name(owner: Client) -> None:
    days = {"start": "2027-01-01", "end": "2027-03-31", "check_in_days": 7, "profile": "google", "mid_review": "",
            "closing_from": "", "not_now": ""}  # fmt: skip
    owner.post(reverse("cycle_new"), {**POISON, **days, "title": "Q1"})
    cycle = Cycle.objects.get()
    goal = {"title": "Nobody waits", "why": "they leave", "level": "company", "team": "", "commitment": "", "owner": "",
            "reviewer": "", "contributes_to": [], "reason": ""}  # fmt: skip
    owner.post(reverse("objective_new", args=[cycle.pk]), {**POISON, **goal})
    row = cycle.objectives.get()
    left_empty = ("unit_name", "baseline", "commit", "stretch", "due", "owner", "commitment", "leading", "steps",
                  "checkpoints", "reason", "series", "log_scale")  # fmt: skip
    number = dict.fromkeys(left_empty, "") | {"title": "Half", "direction": "raise", "how": "manual", "target": "50"}
    number |= {"unit_kind": "share", "weight": "1"}
    owner.post(reverse("key_result_new", args=[row.pk]), {**POISON, **number})
    assert (row.key_results.get().target, cycle.stage, cycle.made_by) == (0.5, "draft", User.objects.get())
    assert poisoned() == []


def test_whoever_accepts_an_invitation_gets_its_role(person: Callable[..., User]) -> None:
    inviter = person(Role.MANAGER)
    _, token = Invitation.invite("new@example.org", Role.VIEWER, inviter)
    told = {"name": "New", "password": "a strong password 4711"}
    response = Client().post(reverse("invitation", args=(token,)), {**POISON, **told, "email": "other@example.org"})
    assert response.status_code == 302
    made = User.objects.exclude(pk=inviter.pk).get()
    assert (made.email, made.role, made.is_active) == ("new@example.org", Role.VIEWER.value, True)
    assert poisoned() == []


def test_what_one_makes_is_ones_own(client_of: Callable[..., Client], person: Callable[..., User]) -> None:
    boss, client = person(Role.OWNER), client_of(Role.ANALYST)
    mine = User.objects.get(email="analyst@example.org")
    theirs = {"owner": boss.pk, "owner_id": boss.pk, "made_by": boss.pk, "made_by_id": boss.pk, "asked_by": boss.pk}
    more = {**POISON, **theirs}
    client.post(reverse("saved_views_menu"), {**more, "name": "Mine", "page": "how_fast", "query": "", "is_shared": ""})
    client.post(reverse("link_make"), {**more, "name": "Link", "page": "how_fast", "query": "", "days": 7})
    client.post(reverse("digest_make"), {**more, "name": "D", "query": "", "rhythm": "weekly", "language": "en",
                                         "person": boss.pk, "person_id": boss.pk})  # fmt: skip
    assert [one.owner_id for one in (*SavedView.objects.all(), *ShareLink.objects.all())] == [mine.pk] * 2
    assert [(one.person_id, one.made_by_id) for one in Digest.objects.all()] in ([], [(mine.pk, mine.pk)])
    assert poisoned() == []
