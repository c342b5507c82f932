"""People in a real browser on a really started installation: invited, protected, closed, forgotten."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.store.people import ANNA, met_everywhere, places_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PASSWORD = "correct horse battery"
SLOW_MS = 120_000
FOUND = """
import sys
from pathlib import Path
from otklik.web.serve import prepare
prepare(Path(sys.argv[1]))
from otklik.web.accounts.owners import first_owner
first_owner("olga@example.org", sys.argv[2], name="Example Ltd", time_zone="Europe/Moscow")
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an owner, a log, and an upload that names a person."""
    from otklik.actions.keep_log import add_to_log

    folder = tmp_path_factory.mktemp("installation")
    subprocess.run([sys.executable, "-c", FOUND, str(folder), PASSWORD], check=True, env=clean_environment())
    add_to_log(folder / "log", met_everywhere())
    (folder / "uploads").mkdir(exist_ok=True)
    (folder / "uploads" / "a1").write_text(f"R1,{ANNA}\n")
    return folder


def clean_environment() -> dict[str, str]:
    dropped = ("DJANGO_SETTINGS_MODULE", "OTKLIK_DATA", "OTKLIK_URL")
    return {name: value for name, value in os.environ.items() if name not in dropped}


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """Where `otklik serve` answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "otklik", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(command, env=clean_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    where = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{where}/account/login/", timeout=5):
                break
        except OSError:
            time.sleep(0.2)
    yield where
    server.terminate()
    server.wait(timeout=60)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Any, address: str) -> Iterator[Any]:
    """Pages of people who know nothing of each other; what their consoles say is kept."""
    said: list[str] = []
    opened = []

    def make(width: int = 1280) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=address)
        context.set_default_timeout(SLOW_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: dialog.accept())
        opened.append(context)
        return page

    yield make
    for context in opened:
        context.close()
    assert [text for text in said if "404" not in text and "422" not in text] == []


def press(page: Any, what: str) -> None:
    with page.expect_navigation(timeout=SLOW_MS):
        page.click(what)


def log_in(page: Any, email: str) -> None:
    page.goto("/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    press(page, "main button.primary")


def test_somebody_is_invited_comes_in_and_is_shown_out(new_page: Any) -> None:
    owner, guest = new_page(), new_page(390)
    log_in(owner, "olga@example.org")
    owner.goto("/people/invite/")
    owner.fill("#id_email", "boris@example.org")
    owner.check("text=Analyst:")
    press(owner, "text=Make the invitation")
    guest.goto(owner.input_value("#secret"))
    assert guest.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
    guest.fill("#id_name", "Boris")
    guest.fill("#id_password", PASSWORD)
    press(guest, "text=Make my account")
    guest.goto("/me/")
    assert "boris@example.org" in guest.inner_text("main")
    owner.goto("/people/")
    press(owner, "a:text-is('Boris')")
    press(owner, "button.danger")
    assert "closed" in owner.inner_text("main")
    guest.goto("/me/")
    assert "/account/login/" in guest.url


def test_the_second_step_is_set_up_and_asked_for(new_page: Any) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    def code(secret: str, later: int = 0) -> str:
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))

    owner = new_page()
    log_in(owner, "olga@example.org")
    owner.goto("/account/second-step/on/")
    owner.fill("#id_password", PASSWORD)
    press(owner, "main button.primary")
    assert owner.locator("img.qr").evaluate("image => image.naturalWidth > 0"), "the picture is drawn"
    secret = owner.inner_text(".secret-key")
    for _ in range(5):  # a code is good for 30 s at most, and a machine may be slow
        owner.fill("#id_code", code(secret))
        press(owner, "main button.primary")
        if owner.locator(".codes code").count():
            break
    recovery = owner.locator(".codes code").all_inner_texts()
    assert len(recovery) == 10
    again = new_page()
    log_in(again, "olga@example.org")
    assert again.url.endswith("/account/second-step/code/")
    again.fill("#id_code", recovery[0])
    press(again, "main button.primary")
    again.goto("/account/second-step/off/")
    again.fill("#id_password", PASSWORD)
    press(again, "main button.primary")
    press(again, "main button.danger")
    assert "It is off" in again.inner_text("main")


def test_a_person_is_handed_out_and_forgotten_and_no_file_of_the_installation_tells_of_them(
    new_page: Any, data: Path
) -> None:
    owner = new_page()
    log_in(owner, "olga@example.org")
    owner.goto("/privacy/")
    owner.fill("#id_like", "petrova")
    press(owner, "main form.panel button.primary")
    owner.check("input[name=name]")
    press(owner, "text=Go on with this person")
    press(owner, "text=Gather everything")
    owner.wait_for_selector("text=Fetch the file", timeout=SLOW_MS)
    with owner.expect_download() as download:
        owner.click("text=Fetch the file")
    assert download.value.suggested_filename == "person.zip"
    assert places_of(ANNA, data)
    owner.goto("/privacy/")
    owner.fill("#id_like", "petrova")
    press(owner, "main form.panel button.primary")
    owner.check("input[name=name]")
    press(owner, "text=Go on with this person")
    owner.check("input[name=sure]")
    press(owner, "button.danger")
    owner.wait_for_selector("text=The person is forgotten.", timeout=SLOW_MS)
    assert re.search(r"person-[0-9a-f]{12}", owner.inner_text("main"))
    assert places_of(ANNA, data) == [], "neither the log, nor uploads, nor the file of the database"
