"""Goals in a real browser: the coach while one types, by keyboard, without scripts, on a phone."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import Company, Team, User
from otklik.web.data_folder import DataFolder
from otklik.web.goals.converting import key_result_told
from otklik.web.goals.models import CheckIn, Cycle, Health, KeyResult, Measured, Objective, Reading
from otklik.web.goals.stages import go_on
from tests.charts.drawn_goals import drawn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
CUT_OFF = """[...document.querySelectorAll('figure svg')].filter(s => s.checkVisibility()).flatMap(s => {
  const box = s.getBoundingClientRect();
  return [...s.querySelectorAll('text')].filter(t => t.textContent.trim()).filter(t => {
    const b = t.getBoundingClientRect();
    return b.width && (b.left < box.left - 2 || b.right > box.right + 2);
  }).map(t => t.textContent);
})"""
"""Every text of a visible picture that does not lie inside it."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    monkeypatch.setattr(settings, "DATA", folder)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    return folder


@pytest.fixture
def owner(db: Any) -> User:
    ours = Company.ours()
    ours.name, ours.time_zone = "Example Ltd", "Europe/Moscow"
    ours.save()
    Team.objects.create(name="Support")
    return User.objects.create_user("owner@example.org", "correct horse battery", role=Role.OWNER.value, language="en")


@pytest.fixture
def cycle(owner: User) -> Cycle:
    """A running quarter: one goal of the company, one that helps it, with something broken and something unsure."""
    start = date.today() - timedelta(days=30)  # noqa: DTZ011
    made = Cycle.objects.create(title="Q4", start=start, end=start + timedelta(days=90), not_now=["A new phone line"])
    facts: dict[str, Any] = {"why": "a third of them waited in silence", "commitment": "aspirational", "owner": owner}
    top = Objective.objects.create(cycle=made, title="Customers hear from us in time", level="company", **facts)
    helper = Objective.objects.create(cycle=made, title="No customer ever feels forgotten", team="Support", **facts)
    helper.contributes_to.set([top])
    for goal, word in ((top, "answered"), (helper, "settled")):
        row = KeyResult.objects.create(
            objective=goal, title=f"Share {word} within 15 minutes from 48% to 80%", unit="share", baseline=0.48,
            target=0.8, owner=owner,
        )  # fmt: skip
        CheckIn.objects.create(key_result=row, day=start, value=0.5, confidence=0.3, obstacle="two are ill", by=owner)
    health = Health.objects.create(objective=helper, title="Reopened within 7 days", unit="share", high=0.06)
    Reading.objects.create(health=health, day=start, value=0.09)
    go_on(made, "active", owner)
    return made


@pytest.fixture
def open_page(live_server, owner: User) -> Iterator[Any]:
    """Open the application as the owner, in a window of some kind."""
    from django.test import Client
    from playwright.sync_api import sync_playwright

    client = Client()
    client.force_login(owner)
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


def test_the_coach_speaks_up_while_a_goal_is_typed(open_page, cycle: Cycle) -> None:
    page = open_page()
    page.goto(reverse("objective_new", args=[cycle.pk]))
    page.focus("[name=title]")
    page.keyboard.type("Launch a chat-bot for our customers")
    page.wait_for_selector(".coach .remark:has-text('names a thing to ship')")
    page.fill("[name=title]", "No customer ever has to ask twice")
    page.fill("[name=why]", "every fifth of them calls back within a day")
    page.wait_for_selector(".coach-head.good")
    assert page.said == []


def test_a_check_in_by_keyboard_alone(open_page, cycle: Cycle) -> None:
    page = open_page()
    page.goto(reverse("goals_week", args=[cycle.pk]) + "?minutes=10")
    page.focus("[name^=value_]")
    page.keyboard.type("62")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.focus("[name^=value_]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('cycle', args=[cycle.pk])}")
    said = CheckIn.objects.order_by("-pk").first()
    assert said is not None and (said.value, said.confidence) == (0.62, 0.7)
    assert page.said == []


def test_without_scripts_a_key_result_is_bound_to_the_records(open_page, cycle: Cycle) -> None:
    page = open_page(java_script_enabled=False)
    goal = Objective.objects.get(level="company")
    page.goto(reverse("key_result_new", args=[goal.pk]))
    page.fill("[name=title]", "Share answered within 5 minutes from 30% to 50%")
    assert not page.is_visible("[name=within]")
    page.check("[name=how][value=measure]")
    page.fill("[name=within]", "5m")
    page.fill("[name=baseline]", "30")
    page.fill("[name=target]", "50")
    page.click("button.primary")
    row = KeyResult.objects.get(target=0.5)
    assert (row.source["how"], row.source["within_s"]) == ("measure", 300.0)


def addresses(cycle: Cycle) -> list[str]:
    goal, row = Objective.objects.get(team="Support"), KeyResult.objects.first()
    assert row is not None
    return [
        *(reverse(name) for name in (
            "goals", "goals_library", "goals_talks", "goals_dates", "goals_first", "goals_import", "cycle_new",
            "goals_sort",
        )),
        *(reverse(name, args=[cycle.pk]) for name in (
            "cycle", "goals_week", "goals_secret", "goals_squares", "goals_middle", "goals_grading", "goals_retro",
            "cycle_history", "objective_new",
        )),
        reverse("objective", args=[goal.pk]), reverse("health_new", args=[goal.pk]),
        reverse("key_result_edit", args=[row.pk]), reverse("means_new", args=[goal.pk]),
        reverse("key_result_past", args=[row.pk]),
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "theme", "language"), [(390, "dark", "ru"), (1280, "light", "en")])
def test_pages_fit_and_keep_the_rules_of_access(
    open_page, cycle: Cycle, owner: User, width: int, theme: str, language: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    owner.language = language
    owner.save()
    page = open_page(width, color_scheme=theme, bypass_csp=True)  # axe is put in as a script of its own
    wrong = {}
    for address in addresses(cycle):
        page.goto(address)
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            wrong[address] = ["it scrolls sideways"]
        for one in Axe().run(page, options=RULES).response["violations"]:
            wrong.setdefault(address, []).append((one["id"], [node["html"][:160] for node in one["nodes"][:3]]))
    assert wrong == {}


@pytest.fixture
def drawn_goal(cycle: Cycle) -> Objective:
    """A goal whose number the records gave, with its weeks and its fan."""
    row = KeyResult.objects.get(objective__team="Support")
    row.source = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 900}
    row.save()
    curve = drawn(key_result_told(row), within_s=900)
    reading = {"number": {"value": 0.6, "low": 0.5, "high": 0.7}, "curve": curve.model_dump(mode="json")}
    Measured.objects.create(objective=row.objective, key_result=row, day=date.today(), reading=reading)  # noqa: DTZ011
    return row.objective


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_the_picture_of_a_key_result_fits_and_has_words(
    open_page, drawn_goal: Objective, width: int, theme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    address = reverse("objective", args=[drawn_goal.pk])
    plain = open_page(width, color_scheme=theme)
    plain.goto(address)
    assert plain.said == [], "it keeps the page's own rules: no style, no script"
    assert plain.locator(".key-result figure svg:visible").count() == 1
    assert "If things go on as they do: 62%" in plain.locator("figcaption").inner_text()
    assert plain.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
    assert plain.evaluate(CUT_OFF) == []
    page = open_page(width, color_scheme=theme, bypass_csp=True)
    page.goto(address)
    for summary in page.locator(".key-result summary").all():
        summary.click()
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == []
