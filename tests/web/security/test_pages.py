"""Every page, found by walking: headers, nothing inline, texts of strangers as text, and looking changes nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.data_folder import DataFolder
from otklik.web.goals.models import CheckIn, Cycle, Note, Objective
from otklik.web.jobs.models import FOR_ALL
from tests.web.matrix import addresses
from tests.web.security.conftest import MARK, PAYLOADS
from tests.web.security.crawling import crawl, inline_code, is_html

PUBLIC = ("/theme.css",)
SEEN_BY_ITSELF = {"sessions.Session", "accounts.LogIn", "api.Bucket", "jobs.Tick"}
"""Tables that note that somebody was here."""
WITH_A_KEY_OF_ITS_OWN = {"digest_stop"}
TAKEN = {"table.taken", "goals.taken", "audit.exported", "picture.taken", "file.fetched", "link.opened"}
"""Whoever takes something away is written down."""


@pytest.fixture
def busy(inside: Client, hostile: User) -> Client:
    """Uploads, views, links, digests, all of them with names that are code."""
    files = [SimpleUploadedFile(PAYLOADS[1] + ".csv", b"Ticket,Opened,Resolved\n1,2026-03-02 09:00,2026-03-02 10:00\n")]
    assert inside.post(reverse("upload_new"), {"files": files}).status_code == 302
    inside.post(reverse("saved_views_menu"), {"name": PAYLOADS[2], "page": "how_fast", "query": "", "is_shared": "on"})
    inside.post(reverse("link_make"), {"name": PAYLOADS[3], "page": "how_fast", "query": "", "days": 30})
    inside.post(reverse("digest_make"), {"name": PAYLOADS[0], "query": "", "rhythm": "weekly", "language": "en"})
    inside.post(reverse("invite"), {"email": "new@example.org", "role": "viewer"})
    goals_of_code(inside, hostile)
    return inside


def goals_of_code(inside: Client, owner: User) -> None:
    """A cycle, a goal, its numbers and what was said of them, in words that are code."""
    days = {"start": "2026-10-01", "end": "2026-12-31", "check_in_days": 7, "profile": "google"}
    assert inside.post(reverse("cycle_new"), {**days, "title": PAYLOADS[0], "not_now": PAYLOADS[2]}).status_code == 302
    goal = {"title": PAYLOADS[1], "why": PAYLOADS[3], "level": "team", "team": PAYLOADS[2], "owner": owner.pk}
    for title in (PAYLOADS[1], PAYLOADS[3]):
        others = [one.pk for one in Objective.objects.all()]
        told = {**goal, "title": title, "contributes_to": others}
        assert inside.post(reverse("objective_new", args=[Cycle.objects.get().pk]), told).status_code == 302
    row = Objective.objects.first()
    assert row is not None
    number = {"title": PAYLOADS[2], "direction": "milestone", "how": "manual", "weight": 1, "unit_name": PAYLOADS[0],
              "steps": f"[x] {PAYLOADS[0]} | 1 | | {PAYLOADS[4]}"}  # fmt: skip
    assert inside.post(reverse("key_result_new", args=[row.pk]), number).status_code == 302
    told = {"title": PAYLOADS[3], "high": "1", "how": "manual", "unit_name": PAYLOADS[0]}
    assert inside.post(reverse("health_new", args=[row.pk]), told).status_code == 302
    texts = {"note": PAYLOADS[0], "obstacle": PAYLOADS[1], "decision": PAYLOADS[3]}
    CheckIn.objects.create(key_result=row.key_results.get(), day=row.cycle.start, by=owner, **texts)
    Note.objects.create(
        by=owner, with_whom=User.objects.create_user("b@example.org", name=PAYLOADS[3]), text=PAYLOADS[0]
    )


def policy_of(response: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in response.headers.get("Content-Security-Policy", "").split(";")]
    return {part[0]: part[1:] for part in parts if part}


def policy_lacks(policy: dict[str, list[str]]) -> Iterator[str]:
    if policy.get("default-src") != ["'none'"]:
        yield "a policy that begins with nothing"
    if any("unsafe" in value or value in ("*", "https:", "http:") for values in policy.values() for value in values):
        yield "a policy without holes"
    if "sandbox" in policy:  # a file to be kept: it may do nothing at all
        return
    if policy.get("frame-ancestors") != ["'none'"]:
        yield "no frames"
    ours = {"script-src": ["'self'"], "base-uri": ["'none'"], "form-action": ["'self'"]}
    if any(policy.get(name) != value for name, value in ours.items()):
        yield "scripts and forms of our own only"


def headers_wrong(address: str, response: Any) -> list[str]:
    """What a page lacks."""
    lacks = list(policy_lacks(policy_of(response)))
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        lacks.append("nosniff")
    if response.headers.get("X-Frame-Options") != "DENY":
        lacks.append("no frames for old browsers")
    if response.headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        lacks.append("no referrer")
    if not address.startswith(PUBLIC) and "no-store" not in response.headers.get("Cache-Control", ""):
        lacks.append("no-store")
    kept = "attachment" in response.headers.get("Content-Disposition", "")
    if "sandbox" in policy_of(response) and not kept and response.headers["Content-Type"] != "image/png":
        lacks.append("a file to be kept, not shown")
    return [f"{address}: {lack}" for lack in lacks]


def code_within(response: Any, text: str) -> list[str]:
    """Code that stands in a page; a file to be kept brings its own looks along, and nothing that acts."""
    kept = "sandbox" in policy_of(response) and "attachment" in response.headers.get("Content-Disposition", "")
    return [what for what in inline_code(text) if not (kept and what == "<style>")]


def test_every_page_has_its_headers_and_nothing_inline(busy: Client) -> None:
    wrong, visited = [], set()
    for address, response, text in crawl(busy):
        assert response.status_code < 500, address
        visited.add(response.resolver_match.view_name if response.resolver_match else "")
        wrong += headers_wrong(address, response)
        if is_html(response):
            wrong += [f"{address}: {what}" for what in code_within(response, text)]
    assert wrong == []
    known = {one.name for one in addresses() if one.name and not one.has_arguments}
    assert known - visited <= {"account_logout", "health_live", "health_ready", "metrics", "api:push_goal_cycle"}
    assert {"one_request", "part", "person", "upload", "import_account"} <= visited, "pages of single things too"


@pytest.mark.parametrize("address", ["/nowhere/", "/people/999999/", "/language/", "/api/v1/nowhere"])
@pytest.mark.parametrize("who", ["inside", "stranger"])
def test_pages_of_errors_have_them_too(who: str, address: str, inside: Client) -> None:
    response = (inside if who == "inside" else Client()).get(address)
    assert response.status_code in (302, 401, 404, 405)
    lacks = [one for one in headers_wrong(address, response) if who == "inside" or not one.endswith("no-store")]
    assert lacks == []


def test_our_own_mistake_has_them_too_and_tells_nothing(inside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_(*_: object, **__: object) -> None:
        raise RuntimeError("secret-of-the-inside")

    monkeypatch.setattr("otklik.web.accounts.views.people.render", break_)
    inside.raise_request_exception = False
    response = inside.get(reverse("people"))
    assert response.status_code == 500
    assert headers_wrong("/people/", response) == [] or headers_wrong("/people/", response) == ["/people/: no-store"]
    assert "secret-of-the-inside" not in response.content.decode()
    assert "Traceback" not in response.content.decode()
    assert response.headers["X-Request-Id"] in response.content.decode(), "a number to tell"


def test_what_strangers_write_is_shown_as_text(busy: Client) -> None:
    wrong, shown = [], 0
    for address, response, text in crawl(busy):
        shown += MARK in text
        if is_html(response):
            wrong += [f"{address}: {what}" for what in code_within(response, text)]
            wrong += [f"{address}: {payload}" for payload in PAYLOADS[:4] if payload in text]
            if f"49{MARK}" in text or "root:x:0" in text:
                wrong.append(f"{address}: worked out as a template")
    assert wrong == []
    assert shown >= 15, "the texts really stand on the pages"


def rows() -> dict[str, list[Any]]:
    """Everything the database holds."""
    found = {}
    for model in apps.get_models():
        if model._meta.label in SEEN_BY_ITSELF:
            continue
        all_ = model._default_manager.order_by("pk")
        if model._meta.label == "jobs.Job":
            all_ = all_.exclude(kind__in=FOR_ALL)
        if model._meta.label == "accounts.AuditEntry":
            all_ = all_.exclude(verb__in=TAKEN)
        found[model._meta.label] = list(all_.values())
    return found


def files(folder: DataFolder) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for top in (folder.uploads, folder.inbox)
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }


def test_looking_at_every_page_changes_nothing(busy: Client, data_folder: DataFolder) -> None:
    before, lying = rows(), files(data_folder)
    assert len(lying) == 1
    for _ in crawl(busy):
        pass
    after = rows()
    assert {name for name in before if before[name] != after[name]} == set()
    assert files(data_folder) == lying


def test_no_page_posts_without_the_token_of_its_form(inside: Client) -> None:
    """Each address, told to change something by another site, refuses; the interface knows no cookies at all."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = inside.cookies
    before = rows()
    tried = 0
    for one in addresses():
        if one.name is None or one.pattern.startswith("api/v1/") or one.name in WITH_A_KEY_OF_ITS_OWN:
            continue
        address = _some(one.pattern)
        response = strict.post(address, {"name": "x"}, headers={"origin": "https://evil.example"})
        assert response.status_code in (401, 403, 404), f"{address} answered {response.status_code}"
        tried += response.status_code == 403
    assert tried >= 40
    assert rows() == before


def _some(pattern: str) -> str:
    """An address of that pattern, with something in each place."""
    plain = re.sub(r"\(\?P<\w+>.*\)(?=/)", "1", pattern.replace("^", "").replace("$", "").replace("\\Z", ""))
    plain = re.sub(r"<day:\w+>", "2026-03-02", plain)
    plain = re.sub(r"<chat_verb:\w+>", "pause", plain)
    plain = re.sub(r"<webhook_verb:\w+>", "pause", plain)
    return "/" + re.sub(r"<[^>]+>", "1", plain)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_script_of_a_stranger_runs_in_a_browser(
    transactional_db: Any, live_server: Any, inside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    from tests.conftest import CHROMIUM

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    cookie = inside.cookies[settings.SESSION_COOKIE_NAME].value
    refused, ran, elsewhere = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        context.expose_function(MARK, lambda: ran.append(1))
        page = context.new_page()
        page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
        page.on(
            "request",
            lambda asked: elsewhere.append(asked.url) if not asked.url.startswith((live_server.url, "data:")) else None,
        )
        for name in ("now", "who_waits", "requests", "people", "sources", "audit"):
            page.goto(reverse(name), wait_until="networkidle")
            assert "xsscanary" not in page.title()
        assert page.locator("body").inner_text(), "something is shown"
        browser.close()
    assert (ran, refused, elsewhere) == ([], [], [])
