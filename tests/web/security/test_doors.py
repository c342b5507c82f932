"""What stands in front of the pages: the name asked for, headers of proxies, cookies, addresses to go back to."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import AuditEntry, User
from otklik.web.jobs.worker import Worker

SPOOFED = {
    "x-forwarded-for": "203.0.113.7", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https",
    "x-forwarded-port": "443", "x-forwarded-server": "evil.example", "forwarded": "for=203.0.113.7;host=evil.example",
    "x-real-ip": "203.0.113.7", "cf-connecting-ip": "203.0.113.7", "true-client-ip": "203.0.113.7",
    "remote-user": "owner@example.org", "x-remote-user": "owner@example.org", "x-original-url": "/people/",
    "x-rewrite-url": "/people/", "x-http-method-override": "DELETE",
}  # fmt: skip


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example", "", "a b"])
def test_a_name_that_is_not_ours_is_refused(host: str, company: object) -> None:
    settings.ALLOWED_HOSTS, before = ["127.0.0.1", "localhost", "[::1]"], settings.ALLOWED_HOSTS
    try:
        response = Client(raise_request_exception=False).get(reverse("account_login"), headers={"host": host})
    finally:
        settings.ALLOWED_HOSTS = before
    assert response.status_code == 400
    assert host == "" or host not in response.content.decode()


@pytest.mark.parametrize("name", sorted(SPOOFED))
def test_headers_of_a_proxy_nobody_has_say_nothing(name: str, owner: Client) -> None:
    spoof = {name: SPOOFED[name]}
    stranger = Client().get(reverse("people"), headers=spoof)
    assert (stranger.status_code, stranger.headers["Location"].split("?")[0]) == (302, reverse("account_login"))
    response = owner.get(reverse("my_account"), headers=spoof)
    request = response.wsgi_request
    assert (request.get_host(), request.is_secure(), request.path) == ("testserver", False, reverse("my_account"))
    assert "evil.example" not in response.content.decode()
    Client().post(reverse("account_login"), {"login": "x@example.org", "password": "wrong"}, headers=spoof)
    told = json.dumps(list(AuditEntry.objects.values()), default=str)
    assert "203.0.113.7" not in told and "evil.example" not in told


def test_mails_name_this_installation_whatever_was_asked(transactional_db: object, owner: Client) -> None:
    User.objects.filter(email="owner@example.org").update(language="en")
    Client().post(reverse("account_reset_password"), {"email": "owner@example.org"}, headers=SPOOFED)
    worker = Worker()
    while worker.one():
        pass
    (letter,) = mail.outbox
    assert settings.BASE_URL in letter.body
    assert "evil.example" not in letter.body


SHOW = """
import json
from otklik.web import settings as s
print(json.dumps([s.SECURE_PROXY_SSL_HEADER, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,
    s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.DEBUG, s.CSRF_COOKIE_SECURE,
    getattr(s, "USE_X_FORWARDED_HOST", False), s.EMAIL_HOST_PASSWORD,
    s.LANGUAGE_COOKIE_NAME, s.MESSAGE_STORAGE, s.KNOWN_BROWSER_COOKIE_NAME]))
"""


def told(folder: Path, **environment: str) -> list[object]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OTKLIK", "DATABASE", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, "-c", SHOW], env={**kept, "OTKLIK_DATA": str(folder), **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: list[object] = json.loads(done.stdout)
    return found


def test_trust_is_switched_on_by_hand_and_cookies_are_strict_behind_tls(tmp_path: Path) -> None:
    plain = told(tmp_path, OTKLIK_DEBUG="1", DEBUG="1")
    assert plain[0] is None and plain[7] is False and plain[9] is False, "nothing is trusted by itself"
    assert (plain[5], plain[6]) == (True, "Lax")
    behind = told(tmp_path, OTKLIK_URL="https://otklik.example.org", OTKLIK_BEHIND_PROXY="1")
    assert behind[0] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert behind[1:4] == [True, "__Host-session", "__Host-csrf"] and behind[8] is True
    assert isinstance(behind[4], int) and behind[4] >= 31_536_000
    assert (behind[11], behind[13]) == ("__Host-language", "__Host-browser")
    assert str(behind[12]).endswith("SessionStorage"), "what is said once has no cookie of its own"
    assert behind[9] is False, "the name asked for is never taken from a header"
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(back: str, owner: Client) -> None:
    response = owner.post(reverse("language"), {"language": "ru", "next": back})
    assert response.headers["Location"] == "/"
    response = Client().post(
        reverse("account_login"), {"login": "owner@example.org", "password": "correct horse battery", "next": back}
    )
    assert response.status_code == 302
    assert "evil" not in response.headers["Location"] and "javascript" not in response.headers["Location"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:9999"])
def test_no_other_site_may_read_or_frame_us(origin: str, owner: Client) -> None:
    for address in (reverse("people"), "/api/v1/openapi.json"):
        response = owner.get(address, headers={"origin": origin, "sec-fetch-site": "cross-site"})
        assert not any(name.lower().startswith("access-control-") for name in response.headers), address
    response = owner.options(reverse("people"), headers={"origin": origin, "access-control-request-method": "POST"})
    assert not any(name.lower().startswith("access-control-") for name in response.headers)
