"""A whole cycle lived through in a real browser, in both languages: from the first draft to the retrospective."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from otklik.web.access import Role
from otklik.web.accounts.models import Company, User
from otklik.web.data_folder import DataFolder
from otklik.web.goals import measuring
from otklik.web.goals.models import CheckIn, Cycle, KeyResult, Measured, Minutes
from otklik.web.jobs.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE_MS = 60_000
BEGIN, END = date(2026, 10, 1), date(2026, 12, 31)
QUICKER_FROM = date(2026, 10, 12)
WORDS = {
    "en": {
        "weak": "Answer 90% of customers in 15 minutes",
        "goal": "Customers hear from us before they start to doubt",
        "why": "a third of cancelled orders waited over an hour in silence",
        "share": "Share of requests answered within 5 minutes from 50% to 80%",
        "score": "Satisfaction score of solved requests from 4.1 to 4.5 points",
        "unit": "points",
        "health": "Requests reopened within 7 days",
        "no key result": "has no key result",
        "running": "Running",
        "closed": "Closed",
        "decision": "Two people stay with the chat over lunch",
        "obstacle": "Orders are asked for by phone",
        "reason": "the survey was made shorter in November",
        "argument": "The new survey cannot be compared as a whole",
        "explanation": "The survey changed; from now on we ask before we promise",
        "answer": "We looked at the numbers too late in the week",
    },
    "ru": {
        "weak": "Отвечать 90 % клиентов за 15 минут",
        "goal": "Клиент получает ответ раньше, чем успевает начать сомневаться",
        "why": "каждый третий отменённый заказ молча ждал ответа больше часа",
        "share": "Доля обращений с ответом за 5 минут: с 50 % до 80 %",
        "score": "Оценка решённых обращений: с 4,1 до 4,5 балла",
        "unit": "балла",
        "health": "Обращения, открытые снова за 7 дней",
        "no key result": "нет ни одного ключев",
        "running": "Идёт",
        "closed": "Закрыт",
        "decision": "В обед в чате остаются двое",
        "obstacle": "О заказах спрашивают по телефону",
        "reason": "в ноябре опрос сократили",
        "argument": "Новый опрос нельзя сравнить целиком",
        "explanation": "Опрос изменился; впредь сначала спрашиваем, потом обещаем",
        "answer": "Смотрели на цифры слишком поздно",
    },
}


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    monkeypatch.setattr(settings, "DATA", folder)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    return folder


@pytest.fixture
def travel(time_machine: Any) -> Callable[[date], None]:
    """Let it be ten in the morning of some day; the clock goes on from there."""

    def to(day: date) -> None:
        time_machine.move_to(datetime(day.year, day.month, day.day, 7, tzinfo=UTC), tick=True)

    to(date(2026, 9, 21))
    return to


@pytest.fixture(params=["en", "ru"])
def words(request: pytest.FixtureRequest) -> dict[str, str]:
    return {"language": request.param, **WORDS[request.param]}


@pytest.fixture
def page(travel: Any, live_server: Any, db: Any, words: dict[str, str]) -> Iterator[Any]:
    """The application, opened by the owner, who speaks one of the languages."""
    from django.test import Client
    from playwright.sync_api import sync_playwright

    ours = Company.ours()
    ours.name, ours.time_zone = "Example Ltd", "Europe/Moscow"
    ours.save()
    owner = User.objects.create_user(
        "o@example.org", "correct horse battery", role=Role.OWNER.value, language=words["language"]
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)

        def log_in() -> None:
            client = Client()
            client.force_login(owner)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

        log_in()
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.said, page.log_in = [], log_in
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        yield page
        browser.close()


def records(path: Path, until: date) -> Path:
    """Ten requests a day up to a day: half are answered in three minutes, from QUICKER_FROM on nine of ten."""
    lines = ["Ticket,Opened,First reply,Resolved,Status,Channel"]
    day = date(2026, 6, 1)
    while day <= until:
        quick = 9 if day >= QUICKER_FROM else 5
        for n in range(10):
            opened = datetime(day.year, day.month, day.day, 9, 7 * n % 60, tzinfo=UTC)
            replied = opened + (timedelta(minutes=3) if n < quick else timedelta(hours=2))
            solved = replied + timedelta(hours=1)
            moments = ",".join(f"{at:%Y-%m-%d %H:%M}" for at in (opened, replied, solved))
            lines.append(f"R-{day:%m%d}-{n},{moments},resolved,chat")
        day += timedelta(days=1)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def work() -> None:
    worker = Worker()
    while worker.one():
        pass


def bring(page: Any, file: Path) -> None:
    """Bring records in, the way everybody does, and have everything measured."""
    page.goto("/data/")
    page.set_input_files("#files", file)
    page.click("form:has(#files) button")
    page.wait_for_url("**/uploads/*/")
    work()
    page.wait_for_selector("#correction")
    page.click("button[value=import]")
    page.wait_for_selector(".job")
    work()
    page.wait_for_selector(".sum")


def save(page: Any) -> None:
    """Send the form that stands on the page."""
    with page.expect_navigation():
        page.click("main form .form-actions button.primary")


def enter(page: Any, cycle: Cycle, stage: str) -> None:
    page.goto(f"/goals/{cycle.pk}/")
    with page.expect_navigation():
        page.click(f"button[name=stage][value={stage}]")
    cycle.refresh_from_db()


def drafted(page: Any, words: dict[str, str]) -> Cycle:
    """Draft a cycle with one goal; the coach looks over the shoulder."""
    page.goto("/goals/")
    page.click("main a[href$='/goals/new/']")
    page.fill("[name=title]", "Q4 2026")
    page.fill("[name=start]", BEGIN.isoformat())
    page.fill("[name=end]", END.isoformat())
    save(page)
    cycle = Cycle.objects.get()
    page.click(f"a[href$='/goals/{cycle.pk}/goal/'] >> nth=0")
    page.fill("[name=title]", words["weak"])
    page.wait_for_selector(".coach .remark:has-text('O2')")
    page.fill("[name=title]", words["goal"])
    page.fill("[name=why]", words["why"])
    page.wait_for_selector(".coach .coach-head.good")
    page.select_option("[name=level]", "company")
    page.select_option("[name=commitment]", "aspirational")
    save(page)
    return cycle


def with_key_results(page: Any, cycle: Cycle, words: dict[str, str]) -> None:
    """One key result measured from the records, one that people tell, and a number that must not break."""
    goal = cycle.objectives.get()
    owner = str(User.objects.get().pk)
    page.goto(f"/goals/goal/{goal.pk}/key-result/")
    page.fill("[name=title]", words["share"])
    page.check("[name=how][value=measure]")
    page.select_option("[name=measure]", "first_reply")
    page.select_option("[name=statistic]", "share")
    page.fill("[name=within]", "5m")
    page.fill("[name=baseline]", "50")
    page.fill("[name=target]", "80")
    page.select_option("[name=commitment]", "aspirational")
    page.select_option("[name=owner]", owner)
    save(page)
    page.goto(f"/goals/goal/{goal.pk}/key-result/")
    page.fill("[name=title]", words["score"])
    page.select_option("[name=unit_kind]", "")
    page.fill("[name=unit_name]", words["unit"])
    page.fill("[name=baseline]", "4.1")
    page.fill("[name=target]", "4.5")
    page.select_option("[name=commitment]", "committed")
    page.select_option("[name=owner]", owner)
    save(page)
    page.goto(f"/goals/goal/{goal.pk}/health/")
    page.fill("[name=title]", words["health"])
    page.fill("[name=high]", "6")
    save(page)


def check_in(page: Any, cycle: Cycle, week: int, words: dict[str, str], *, short: bool = False) -> None:
    """The weekly talk: what is typed, how sure we are, what was decided."""
    share, score = KeyResult.objects.order_by("pk")
    page.goto(f"/goals/{cycle.pk}/week/{'?minutes=10' if short else ''}")
    assert page.locator(f"[name=value_{share.pk}]").count() == 0, "what is measured is not typed"
    page.fill(f"[name=value_{score.pk}]", f"4.{week // 2 + 1}")
    page.select_option(f"[name=confidence_{score.pk}]", str(min(10, week + 2)))
    if page.locator(f"[name=confidence_{share.pk}]").count():
        page.select_option(f"[name=confidence_{share.pk}]", "5")
    page.fill("[name=decisions]", words["decision"])
    if short:
        page.fill(f"[name=obstacle_{score.pk}]", words["obstacle"])
    save(page)


def shown_number(page: Any, row: KeyResult) -> float:
    """The number of a key result as its page shows it."""
    page.goto(f"/goals/goal/{row.objective_id}/")
    text = page.inner_text(f"#kr-{row.pk} .now b")
    return float(re.sub(r"[^\d.,]", "", text).replace(",", "."))


def test_a_cycle_from_the_draft_to_the_retrospective(
    page: Any, travel: Callable[[date], None], tmp_path: Path, words: dict[str, str]
) -> None:
    bring(page, records(tmp_path / "first.csv", date(2026, 9, 20)))
    cycle = drafted(page, words)
    page.goto(f"/goals/{cycle.pk}/")
    assert words["no key result"] in page.inner_text(".gate"), "the gate says what is missing"
    with_key_results(page, cycle, words)
    page.goto(f"/goals/{cycle.pk}/")
    assert page.locator(".gate .plain li").count() == 0, page.inner_text(".gate")
    enter(page, cycle, "active")
    assert cycle.stage == "active" and words["running"] in page.inner_text(".stages [aria-current]")
    share, score = KeyResult.objects.order_by("pk")

    for week in range(1, 9):
        travel(BEGIN + timedelta(days=4 + 7 * (week - 1)))
        if week == 6:
            bring(page, records(tmp_path / "second.csv", date(2026, 11, 8)))
        measuring.ask()
        work()
        check_in(page, cycle, week, words, short=week == 4)
        if week in (2, 6):
            assert shown_number(page, share) == {2: 50, 6: 90}[week], "the import moved the key result"
    assert CheckIn.objects.filter(key_result=score).count() == 8
    assert Minutes.objects.filter(cycle=cycle).count() == 8
    assert len(set(Measured.objects.filter(key_result=share).values_list("day", flat=True))) == 8
    page.goto(f"/goals/{cycle.pk}/week/")
    assert words["decision"] in page.inner_text(".timeline") and page.said == []

    page.goto(f"/goals/{cycle.pk}/middle/")
    page.check(f"[name=kr{score.pk}-wish][value=change]")
    page.fill(f"[name=kr{score.pk}-target]", "4.4")
    page.fill(f"[name=kr{score.pk}-reason]", words["reason"])
    save(page)
    score.refresh_from_db()
    assert score.target == pytest.approx(4.4)
    page.goto(f"/goals/{cycle.pk}/history/")
    assert words["reason"] in page.inner_text("main")

    travel(date(2026, 12, 28))
    page.log_in()  # nobody stays logged in for five weeks
    enter(page, cycle, "closing")
    page.goto(f"/goals/{cycle.pk}/grading/")
    assert page.input_value(f"[name=kr{share.pk}-grade]") == "1.00", "computed, and offered"
    page.fill(f"[name=kr{score.pk}-grade]", "0.6")
    page.fill(f"[name=kr{score.pk}-argument]", words["argument"])
    page.fill(f"[name=kr{score.pk}-explanation]", words["explanation"])
    save(page)
    graded = KeyResult.objects.get(pk=score.pk).grade
    assert graded.grade == pytest.approx(0.6) and graded.computed == pytest.approx(1.0)
    assert graded.as_first_set == pytest.approx(1.0), "4.5 was reached too"
    page.goto(f"/goals/{cycle.pk}/retrospective/")
    page.fill("main form textarea >> nth=0", words["answer"])
    save(page)

    travel(date(2027, 1, 4))
    enter(page, cycle, "closed")
    assert cycle.stage == "closed" and words["closed"] in page.inner_text(".stages [aria-current]")
    for address in (f"/goals/{cycle.pk}/", f"/goals/goal/{share.objective_id}/", f"/goals/{cycle.pk}/grading/"):
        page.goto(address)
        assert page.locator("main form button").count() == 0, "a closed cycle offers no change"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.said == []
