"""Pages about people, programs and what was done: they fit a phone, and no rule of access is broken."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from otklik.web.access import Role
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import ApiToken, Company, Invitation, Scope, Team, User
from otklik.web.api.models import Delivery, Webhook
from otklik.web.api.models.webhooks import new_secret
from otklik.web.data_folder import DataFolder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PASSWORD = "correct horse battery"
LONG = "a-name-that-nobody-would-give-but-somebody-will" * 2


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    monkeypatch.setattr(settings, "DATA", folder)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    return folder


@pytest.fixture
def places(db: Any) -> dict[str, list[str]]:
    """Something on every page; addresses for the owner and for strangers."""
    ours = Company.ours()
    ours.name, ours.time_zone = "Example Ltd", "Europe/Moscow"
    ours.save()
    owner = User.objects.create_user("owner@example.org", PASSWORD, role=Role.OWNER.value, language="ru")
    other = User.objects.create_user(f"{LONG}@example.org", PASSWORD, role=Role.MEMBER.value, name=LONG)
    team = Team.objects.create(name=f"Team {LONG[:40]}")
    other.teams.add(team)
    ApiToken.make(owner, f"nightly {LONG[:60]}", list(Scope))
    ApiToken.make(owner, "gone", [Scope.READ])[0].revoke()
    _, token = Invitation.invite("new@example.org", Role.ANALYST, owner)
    hook = Webhook(url=f"https://example.org/{LONG * 3}", events=["import.finished"], made_by=owner)
    hook.set_secret(new_secret())
    hook.save()
    for n, (state, code) in enumerate([(Delivery.WAITING, None), (Delivery.DONE, 200), (Delivery.DEAD, 503)]):
        Delivery.objects.create(webhook=hook, announcement=f"a{n}", event="import.finished", body="{}", state=state,
                                response_code=code)  # fmt: skip
    for verb in ("login.succeeded", "team.made", "token.revoked"):
        record(owner, verb, LONG)
    inside = ["/people/", "/people/invite/", f"/people/{other.pk}/", "/teams/", f"/teams/{team.pk}/", "/me/",
              "/programs/", "/audit/", "/company/", "/privacy/", "/webhooks/", f"/webhooks/{hook.pk}/",
              "/account/second-step/", "/account/password/"]  # fmt: skip
    outside = ["/account/login/", "/account/password/forgotten/", f"/invitation/{token}/"]
    return {"inside": inside, "outside": outside}


@pytest.fixture
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_pages_fit_and_keep_the_rules_of_access(
    browser: Any, live_server: Any, places: dict[str, list[str]], width: int, theme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    client = Client()
    client.force_login(User.objects.get(email="owner@example.org"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    wrong: dict[str, list[Any]] = {}
    for side, addresses in places.items():
        context = browser.new_context(
            viewport={"width": width, "height": 844}, base_url=live_server.url, color_scheme=theme, bypass_csp=True,
            locale="ru-RU",
        )  # fmt: skip
        if side == "inside":
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(timedelta(minutes=2).total_seconds() * 1000)
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None and answer.status == 200 and page.url.endswith(address), page.url
            if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
                wrong[address] = ["it scrolls sideways"]
            for one in Axe().run(page, options=RULES).response["violations"]:
                wrong.setdefault(address, []).append((one["id"], [node["html"][:160] for node in one["nodes"][:3]]))
        context.close()
    assert wrong == {}
