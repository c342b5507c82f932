"""Records brought in through a real browser: every kind of log, a corrected mapping, the numbers read off it."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from otklik.actions import keep_log
from otklik.actions.import_log import Records, import_log
from otklik.actions.make_report import Questions, make_report
from otklik.actions.measure_speed import Yardstick
from otklik.charts import Speech
from otklik.web.access import Role
from otklik.web.accounts.models import Company, User
from otklik.web.data_folder import DataFolder
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker
from tests.shared_data import DATA, needs_shared

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE_MS = 120_000
ZONE = "Europe/Moscow"
SHOP = """\
Ticket,Opened,First reply,Resolved,Status,Channel,Group
A-1,2026-03-02 09:00,2026-03-02 09:30,2026-03-02 12:00,resolved,email,First line
A-2,2026-03-02 10:00,2026-03-02 14:00,2026-03-03 10:00,resolved,email,Orders
A-3,2026-03-02 11:00,,2026-03-01 11:00,resolved,chat,First line
"""
FILES = [
    "eventlog/helpdesk_italian.xes.gz", "eventlog/helpdesk_italian.csv.gz", "eventlog/bpic2013_closed_problems.xes.gz",
    "eventlog/receipt_permits.xes.gz", "eventlog/receipt_permits.csv.gz", "eventlog/roadtraffic_100.xes",
    "tickets/sf311_sample_10000.csv.gz", "tickets/boston311_100.csv", "tickets/boston311_dmy_100.csv",
    "vendor/whatsapp/lorem.txt",
]  # fmt: skip
FOLDERS = ["dbt_zendesk_seeds", "email/ruby_mail", "vendor/github", "vendor/jira", "vendor/telegram"]


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    monkeypatch.setattr(settings, "DATA", folder)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    return folder


@pytest.fixture
def open_page(live_server: Any, db: Any) -> Iterator[Callable[..., Any]]:
    """Open the application as a manager, in a window of some kind."""
    from django.test import Client
    from playwright.sync_api import sync_playwright

    ours = Company.ours()
    ours.name, ours.time_zone = "Example Ltd", ZONE
    ours.save()
    client = Client()
    client.force_login(User.objects.create_user("m@example.org", "correct horse battery", role=Role.MANAGER.value))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def make(width: int = 1280, **how: Any) -> Any:
            context = browser.new_context(viewport={"width": width, "height": 844}, base_url=live_server.url, **how)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            page.said = []
            page.on("console", lambda message: page.said.append(message.text))
            page.on("pageerror", lambda error: page.said.append(str(error)))
            return page

        yield make
        browser.close()


def work() -> None:
    """Do what the pages asked for; the pages look again by themselves."""
    worker = Worker()
    Job.objects.filter(kind__in=("refresh-facts", "announce")).delete()
    while worker.one():
        Job.objects.filter(kind__in=("refresh-facts", "announce")).delete()


def bring(page: Any, field: str, what: Path) -> None:
    page.goto("/data/")
    page.set_input_files(field, what)
    if field == "#files":
        page.click("text=Look what is inside")
    page.wait_for_url("**/uploads/*/")
    work()
    page.wait_for_selector("#correction")


def cards(page: Any) -> dict[str, int]:
    """The account as it stands on the screen."""
    found = page.locator(".card").evaluate_all(
        "all => all.map(card => [card.querySelector('.label').innerText, card.querySelector('.value').innerText])"
    )
    return {label: int(re.sub(r"\D", "", value)) for label, value in found}


def import_it(page: Any) -> dict[str, int]:
    page.click("button[value=import]")
    page.wait_for_selector(".job")
    work()
    page.wait_for_selector(".sum")
    return cards(page)


def told(path: Path) -> Records:
    """The same records, as the engine is given them."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    names = tuple(str(file.relative_to(path.parent)) for file in files)
    return Records(tuple(str(file) for file in files), names=names, time_zone=ZONE)


@pytest.mark.slow
@pytest.mark.parametrize("name", [pytest.param(name, marks=needs_shared) for name in (*FILES, *FOLDERS)])
def test_every_kind_of_log_comes_in_as_the_engine_reads_it(open_page: Callable[..., Any], name: str) -> None:
    page = open_page()
    bring(page, "#files" if name in FILES else "#folder", DATA / name)
    shown = import_it(page)
    engine = import_log(told(DATA / name))
    count = engine.count
    assert shown["Read"] == shown["Kept"] + shown["Set aside"] + shown["Known already"]
    assert (shown["Read"], shown["Set aside"]) == (count.read, count.quarantined)
    assert (shown["Kept"], shown["Known already"]) == (count.kept, count.duplicate)
    kept = keep_log.describe_log(settings.DATA.log)[0]
    assert (kept.requests, kept.events) == (engine.requests.num_rows, engine.events.num_rows)
    assert page.said == []


@pytest.mark.parametrize("name", [pytest.param("tickets/boston311_100.csv", marks=needs_shared)])
def test_a_mapping_is_corrected_and_the_numbers_are_those_of_the_engine(
    open_page: Callable[..., Any], name: str
) -> None:
    page = open_page()
    bring(page, "#files", DATA / name)
    before = page.locator(".card .value").first.inner_text()
    page.get_by_label("What the column open_dt is").select_option("attribute")
    page.get_by_label("What the column closed_dt is").select_option("created")
    page.get_by_label("What the column target_dt is").select_option("resolved")
    page.fill("input[name=correction-time_zone]", "America/New_York")
    page.click("button[value=look]")
    page.wait_for_selector(".job")
    work()
    page.wait_for_selector("#correction")
    roles = {"open_dt": "attribute", "closed_dt": "created", "target_dt": "resolved"}
    records = Records((str(DATA / name),), time_zone="America/New_York", mapping={"roles": roles})
    report, log = make_report(records, Yardstick(), Questions())
    speed = report.measures["resolution"].elapsed
    assert speed is not None
    assert speed.median_s is not None
    shown = page.locator(".card .value").first.inner_text()
    assert shown.replace("\xa0", " ") == str(Speech("en").format.duration(speed.median_s)).replace("\xa0", " ")
    assert shown != before
    assert import_it(page)["Set aside"] == log.count.quarantined


def test_a_file_is_dropped_and_the_bad_row_comes_back(open_page: Callable[..., Any], tmp_path: Path) -> None:
    page = open_page(width=390)
    page.goto("/data/")
    page.evaluate(
        """text => {
             const data = new DataTransfer();
             data.items.add(new File([text], 'shop.csv', {type: 'text/csv'}));
             document.getElementById('bring').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true}));
           }""",
        SHOP,
    )
    page.wait_for_url("**/uploads/*/")
    work()
    page.wait_for_selector("#correction")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
    assert import_it(page) == {"Read": 3, "Kept": 2, "Set aside": 1, "Known already": 0}
    with page.expect_download() as download:
        page.click("text=Download the rows set aside")
    assert "A-3" in Path(download.value.path()).read_text("utf-8")
    assert page.said == []


def test_it_all_works_without_scripts_too(open_page: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text(SHOP, "utf-8")
    page = open_page(java_script_enabled=False)
    page.goto("/data/")
    page.set_input_files("#files", tmp_path / "shop.csv")
    press(page, "button.primary")
    assert page.locator("noscript a").count() == 1
    work()
    page.reload()
    press(page, "button[value=import]")
    work()
    page.reload()
    assert page.locator(".sum").inner_text() == "3 = 2 + 1 + 0"
    page.goto("/data/")
    page.click("a:has-text('Delete')")
    page.fill("#typed", "shop")
    press(page, "button.danger")
    work()
    page.reload()
    assert keep_log.describe_log(settings.DATA.log)[0].requests == 0


def press(page: Any, button: str) -> None:
    """Press a button that leads to another page, and wait until that stands: only then can it be asked for again."""
    with page.expect_navigation():
        page.click(button)


@pytest.mark.parametrize("where", ["list", "look", "account"])
def test_no_rule_of_access_is_broken(open_page: Callable[..., Any], tmp_path: Path, where: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "shop.csv").write_text(SHOP, "utf-8")
    page = open_page()
    bring(page, "#files", tmp_path / "shop.csv")
    if where != "look":
        import_it(page)
    if where == "list":
        page.goto("/data/")
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:90] for node in one["nodes"]]) for one in found] == [], theme


def refuse_once(page: Any, pattern: str) -> list[str]:
    """The server is away for the first request of such an address; gives the addresses refused."""
    away: list[str] = []

    def answer(route: Any) -> None:
        if away:
            route.continue_()
        else:
            away.append(route.request.url)
            route.fulfill(status=503, body="")

    page.route(pattern, answer)
    return away


def test_progress_is_asked_for_again_after_the_server_was_away(open_page: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text(SHOP, "utf-8")
    page = open_page()
    bring(page, "#files", tmp_path / "shop.csv")
    away = refuse_once(page, "**/jobs/*/")
    assert import_it(page)["Read"] == 3
    assert len(away) == 1, "it was away, and nobody had to reload the page"


def test_a_section_is_asked_for_again_after_the_server_was_away(open_page: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text(SHOP, "utf-8")
    page = open_page()
    bring(page, "#files", tmp_path / "shop.csv")
    import_it(page)
    keep_log.measure_kept_log(settings.DATA.log, Yardstick(time_zone=Company.ours().time_zone))
    away = refuse_once(page, "**/part/**")
    page.goto("/how-fast/?start=2026-01-02")
    page.wait_for_selector("main .part h2")
    assert len(away) == 1, "it was away, and nobody had to reload the page"
