"""The trail: only added to, found by person, act and day, taken away without formulas, one line a thing."""

import csv
import io
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import ApiToken, AuditEntry, Scope, User
from otklik.web.accounts.verbs import VERBS, verb_name
from otklik.web.logs import JsonLines
from tests.web.conftest import PASSWORD


@pytest.fixture
def entries(person: Callable[..., User]) -> list[AuditEntry]:
    anna, boris = (person(Role.ANALYST, email=f"{name}@example.org") for name in ("anna", "boris"))
    made = []
    for day, who, verb in ((1, anna, "team.made"), (2, boris, "team.made"), (3, anna, "token.made")):
        with time_machine.travel(datetime(2026, 3, day, 20, 59, tzinfo=UTC), tick=False):
            made.append(record(who, verb, f"number {day}"))
    return made


def shown(client: Client, **asked: str) -> list[int]:
    page = client.get(reverse("audit"), asked).content.decode()
    return [n for n in (3, 2, 1) if f"number {n}" in page]


def test_it_is_found_by_person_act_and_day_of_the_company(owner: Client, entries: list[AuditEntry]) -> None:
    assert shown(owner) == [3, 2, 1]
    assert shown(owner, who="anna@example.org") == [3, 1]
    assert shown(owner, verb="team.made") == [2, 1]
    assert shown(owner, since="2026-03-02", until="2026-03-02") == [2], "23:59 in Moscow is still that day"
    assert shown(owner, who="anna@example.org", verb="team.made") == [1]


@pytest.mark.parametrize(
    "asked",
    [
        {"who": "' or 1=1 --"},
        {"verb": "by__password"},
        {"since": "yesterday"},
        {"before": "x"},
        {"order": "by__password"},
    ],
)
def test_filters_are_taken_from_lists_only(owner: Client, entries: list[AuditEntry], asked: dict[str, str]) -> None:
    assert owner.get(reverse("audit"), asked).status_code in (200, 422)


def test_it_goes_on_page_by_page(owner: Client) -> None:
    for n in range(120):
        record(None, "team.made", f"n{n}.")
    first = owner.get(reverse("audit")).content.decode()
    assert "n119." in first and "n21." in first and "n5." not in first
    older = first.split("before=")[1].split('"')[0]
    second = owner.get(reverse("audit"), {"before": older}).content.decode()
    assert "n5." in second and "n119." not in second


def test_it_is_only_added_to(entries: list[AuditEntry]) -> None:
    entry = entries[0]
    entry.verb = "nothing"
    with pytest.raises(RuntimeError, match="only added to"):
        entry.save()
    assert AuditEntry.objects.get(pk=entry.pk).verb == "team.made"


def test_a_spreadsheet_finds_no_formula_in_it(owner: Client) -> None:
    for text in ("=1+1", "+7 900", "-2", "@x", "\t=1", 'plain, "quoted"\nline'):
        record(None, "team.made", text)
    answer = owner.get(reverse("audit_csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = [row["about"] for row in rows]
    assert answer["Content-Disposition"].startswith("attachment")
    assert {"'=1+1", "'+7 900", "'-2", "'@x", "'\t=1", 'plain, "quoted"\nline'} <= set(told)
    assert AuditEntry.objects.filter(verb="audit.exported").count() == 1


def test_the_file_holds_what_was_asked_for(owner: Client, entries: list[AuditEntry]) -> None:
    answer = owner.get(reverse("audit_csv"), {"who": "boris@example.org"})
    assert [row["about"] for row in csv.DictReader(io.StringIO(answer.content.decode()))] == ["number 2"]


def test_every_act_has_words_and_unknown_ones_stand_as_they_are() -> None:
    assert all(verb_name(verb) != verb for verb in VERBS)
    assert verb_name("import.finished-by-hand") == "import.finished-by-hand"


NAUGHTY = ["line\nbreak", "cr\rlf\n", "\x1b[31mred", "\u2028sep", "null\x00byte", '{"level": "fake"}']


@pytest.mark.parametrize("text", NAUGHTY)
def test_whatever_a_stranger_sends_is_one_line_of_the_log(text: str) -> None:
    entry = logging.makeLogRecord(
        {"name": "x", "levelno": 30, "levelname": "WARNING", "msg": "got %s", "args": (text,)}
    )
    line = JsonLines().format(entry)
    assert len(line.splitlines()) == 1 and line.isascii() and json.loads(line)["level"] == "warning"


def test_what_a_stranger_sends_as_path_and_browser_breaks_nothing(client: Client, owner: Client) -> None:
    for text in NAUGHTY:
        assert client.get("/" + text.replace("\x00", "%00") + "/").status_code in (302, 404)
        client.post(reverse("account_login"), {"login": f"{text}@x.org", "password": "wrong"}, HTTP_USER_AGENT=text)
    assert owner.get(reverse("audit")).status_code == 200


def test_no_secret_comes_into_the_log_or_the_trail(
    caplog: pytest.LogCaptureFixture, owner: Client, person: Callable[..., User]
) -> None:
    anna = person(Role.ANALYST, email="anna@example.org")
    canary = "canary-Secret-4711"
    _, token = ApiToken.make(anna, "t", [Scope.READ])
    formatter = JsonLines()
    with caplog.at_level(logging.DEBUG):
        Client().post(reverse("account_login"), {"login": anna.email, "password": canary})
        Client().post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
        Client(raise_request_exception=False).get("/nowhere/", HTTP_AUTHORIZATION=f"Bearer {token}")
        owner.post(reverse("invite"), {"email": "new@example.org", "role": "viewer", "password": canary})
        logging.getLogger("x").warning("password=%s token %s Authorization: Bearer %s", canary, token, token)
    told = "\n".join(formatter.format(entry) for entry in caplog.records if entry.name != "faker")
    trail = json.dumps(list(AuditEntry.objects.values("verb", "about", "facts", "by_name")), default=str)
    for secret in (canary, token, PASSWORD):
        assert secret not in told and secret not in trail
