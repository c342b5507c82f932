"""A calendar changed in a real browser: by keyboard, on a phone, without scripts; no broken rules of access."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from otklik.web.access import Role
from otklik.web.accounts.models import Company, User
from otklik.web.calendars.models import Draft, State
from otklik.web.data_folder import DataFolder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PASSWORD = "correct horse battery"
OFFICE = '[calendars.office]\ntime_zone = "Europe/Moscow"\nweekly = "mon-fri 9-18"\nname = "Office"\n'


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    monkeypatch.setattr(settings, "DATA", folder)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    return folder


@pytest.fixture
def office(db: Any) -> User:
    ours = Company.ours()
    ours.name, ours.time_zone = "Example Ltd", "Europe/Moscow"
    ours.save()
    State.put_in_force(State.HOURS, OFFICE, None, after=0)
    return User.objects.create_user("owner@example.org", PASSWORD, role=Role.OWNER.value, language="en")


@pytest.fixture
def open_page(live_server, office: User) -> Iterator[Any]:
    """Open the application as the owner, in a window of some kind."""
    from django.test import Client
    from playwright.sync_api import sync_playwright

    client = Client()
    client.force_login(office)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def make(width: int = 1280, **how: Any) -> Any:
            context = browser.new_context(viewport={"width": width, "height": 844}, base_url=live_server.url, **how)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
            page = context.new_page()
            page.said = []
            page.on("console", lambda message: page.said.append(message.text))
            page.on("pageerror", lambda error: page.said.append(str(error)))
            return page

        yield make
        browser.close()


def test_a_day_is_closed_by_keyboard_alone(open_page) -> None:
    page = open_page()
    page.goto("/hours/?year=2026")
    page.focus("#d2026-06-03 a")
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.closest('td').id") == "d2026-06-10"
    page.keyboard.press("Enter")
    page.wait_for_selector("#day form")
    assert page.evaluate("document.activeElement.name") == "wish"
    page.keyboard.press("ArrowDown")  # from 'as every week' to 'closed all day'
    page.keyboard.press("Enter")
    page.wait_for_selector("#d2026-06-10 a.holiday.changed")
    assert page.evaluate("document.activeElement.closest('td').id") == "d2026-06-10", "the focus is where it was"
    assert page.locator("#day form").count() == 0
    assert page.said == []


def test_escape_leaves_a_day_as_it_is(open_page) -> None:
    page = open_page()
    page.goto("/hours/?year=2026")
    page.click("#d2026-06-10 a")
    page.wait_for_selector("#day form")
    page.keyboard.press("Escape")
    assert page.locator("#day form").count() == 0
    assert page.evaluate("document.activeElement.closest('td').id") == "d2026-06-10"
    assert not Draft.objects.exists()


def test_without_scripts_a_day_is_changed_seen_and_put_in_force(open_page) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/hours/?year=2026")
    page.click("#d2026-06-10 a")
    page.check("[name=wish][value=hours]")
    page.fill("[name=hours]", "9-13, 14-15")
    page.click("text=Change this day")
    assert page.locator("#d2026-06-10 a.shorter.changed").count() == 1
    page.click("text=See what changes")
    assert page.locator("td:has-text('09:00–13:00, 14:00–15:00')").count() == 1
    page.click("text=Put in force")
    assert page.locator("text=These hours are in force").count() == 1
    assert State.newest(State.HOURS).number == 2  # type: ignore[union-attr]


PAGES = (
    "/hours/?year=2026", "/hours/day/2026-06-10/", "/hours/version/0/", "/hours/new/", "/hours/history/",
    "/hours/history/1/", "/hours/targets/", "/hours/targets/new/",
)  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_pages_fit_and_keep_the_rules_of_access(open_page, width: int, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(width, color_scheme=theme, bypass_csp=True)  # axe is put in as a script of its own
    wrong = {}
    for address in PAGES:
        page.goto(address)
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            wrong[address] = ["it scrolls sideways"]
        for one in Axe().run(page, options=RULES).response["violations"]:
            wrong.setdefault(address, []).append((one["id"], [node["html"][:160] for node in one["nodes"][:3]]))
    assert wrong == {}
