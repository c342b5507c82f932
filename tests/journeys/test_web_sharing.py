"""Taking away in a real browser: a report fetched, a view saved and shared; on desk and phone, without scripts."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log, measure_kept_log
from otklik.actions.measure_speed import Yardstick
from otklik.scenarios import simulate_company
from otklik.web.access import Role
from otklik.web.accounts.models import Company, User
from otklik.web.data_folder import DataFolder
from otklik.web.jobs.worker import Worker
from otklik.web.sharing.models import HandedOut

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PAGES = ("/take/", "/take/pictures/fast/", "/take/digests/", "/take/digests/new/", "/take/links/new/", "/take/views/")


@pytest.fixture(scope="module")
def measured_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journey")
    file, _ = simulate_company(1_000, 7).write(folder)
    add_to_log(folder / "log", import_log(Records((str(file),), time_zone="Europe/Moscow")))
    measure_kept_log(folder / "log", Yardstick(None, time_zone="Europe/Moscow"))
    return folder / "log"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, measured_log: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    shutil.copytree(measured_log, folder.log)
    monkeypatch.setattr(settings, "DATA", folder)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    return folder


@pytest.fixture
def open_page(live_server: Any, db: Any) -> Iterator[Any]:
    """Open the application as an analyst or as a stranger, in a window of some kind."""
    from django.test import Client
    from playwright.sync_api import sync_playwright

    ours = Company.ours()
    ours.name, ours.time_zone = "Example Ltd", "Europe/Moscow"
    ours.save()
    client = Client()
    client.force_login(User.objects.create_user("a@example.org", "correct horse battery", role=Role.ANALYST.value))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def make(width: int = 1280, *, stranger: bool = False, **how: Any) -> Any:
            context = browser.new_context(viewport={"width": width, "height": 844}, base_url=live_server.url, **how)
            if not stranger:
                context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
            page = context.new_page()
            page.said = []
            page.on("console", lambda message: page.said.append(message.text))
            page.on("pageerror", lambda error: page.said.append(str(error)))
            return page

        yield make
        browser.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_report_of_a_view_is_ordered_and_fetched(open_page: Any, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts, locale="en-GB")
    page.goto("/take/?channel=email")
    page.click("text=Make the report")
    page.wait_for_selector(".files li")
    assert "channel: email" in page.inner_text(".files li")
    assert Worker().one() and HandedOut.objects.get().bytes
    if not scripts:
        page.reload()
    page.wait_for_selector(".files a.primary")
    with page.expect_download() as fetched:
        page.click(".files a.primary")
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF")
    assert fetched.value.suggested_filename.endswith(".pdf") and page.said == []


def test_a_view_is_saved_from_its_page_and_found_again(open_page: Any) -> None:
    page = open_page(locale="en-GB")
    page.goto("/take/?channel=email")
    page.click("summary:has-text('Saved views')")
    page.fill(".saved-box input[name=name]", "By mail")
    page.click("text=Save this view")
    page.wait_for_url("**/take/?channel=email")
    page.goto("/take/views/")
    page.click("text=By mail")
    page.wait_for_url("**/take/?channel=email")
    assert page.said == []


def test_a_link_is_made_and_opened_by_a_stranger(open_page: Any) -> None:
    page = open_page(locale="en-GB")
    page.goto("/take/links/new/?page=how_fast&channel=email")
    page.fill("input[name=name]", "The board")
    page.click("text=Make the link")
    page.wait_for_selector("#secret")
    path = page.input_value("#secret").split("/take/")[1]
    outside = open_page(390, stranger=True, locale="ru-RU", color_scheme="dark")
    answer = outside.goto(f"/take/{path}")
    assert answer.status == 200 and outside.evaluate("document.documentElement.lang") == "ru"
    assert outside.locator("svg").count() >= 2 and outside.locator(".menu").count() == 0
    assert outside.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
    assert outside.said == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_nothing_scrolls_sideways_and_no_rule_of_access_is_broken(
    open_page: Any, path: str, width: int, theme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(width, color_scheme=theme, locale="ru-RU", bypass_csp=True)  # axe comes as a script of its own
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.said == []
