"""Take the pictures of the guides: the pages of the filled application, in each language, and one on a phone at night.

Run by hand after pages have changed: `python -m tools.screenshots`. It needs Playwright and a Chromium.
`--out FOLDER --all` takes every page at both widths in both themes instead, to be looked at.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from otklik.base.text import LANGUAGES
from otklik.web.demo import DemoAccount, account_of
from tools.pictures import QUIET

DOCS = Path(__file__).resolve().parents[1] / "docs"
LARGEST = 120 * 1024
DESK, TALL, PHONE = (1280, 900), (1280, 1660), (390, 844)
REQUESTS = 20_000
PATIENCE_MS = 120_000


@dataclass(frozen=True)
class Shot:
    """A page as somebody sees it."""

    name: str
    path: str
    size: tuple[int, int] = DESK
    theme: str = "light"


SHOTS = (
    Shot("now", "/now/", TALL),
    Shot("how-fast", "/how-fast/", TALL),
    Shot("where-time-goes", "/where-time-goes/", TALL),
    Shot("when", "/when/", (1280, 1900)),
    Shot("who-waits", "/who-waits/", TALL),
    Shot("record-quality", "/record-quality/", TALL),
    Shot("request", "", TALL),
    Shot("hours", "/hours/"),
    Shot("targets", "/hours/targets/"),
    Shot("records", "/data/"),
    Shot("reports", "/take/"),
    Shot("people", "/people/"),
    Shot("goals", "/goals/1/", TALL),
    Shot("goal", "/goals/goal/1/", TALL),
    Shot("phone", "/now/", PHONE, "dark"),
)
"""What the guides show; without a path: the request that waits longest."""


@contextmanager
def served(folder: Path, language: str) -> Iterator[tuple[str, DemoAccount]]:
    """A simulated company in one language, and where it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "otklik", "demo", "--out", str(folder), "--requests", str(REQUESTS),
               "--lang", language, "--port", str(port)]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OTKLIK_")}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        while server.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.5)
        if server.returncode is not None:
            sys.exit("The demo could not be started.")
        yield f"http://127.0.0.1:{port}", account_of(folder / "data")
    finally:
        server.terminate()
        server.wait(60)


def logged_in(browser: Any, where: str, account: DemoAccount, language: str) -> list[dict[str, Any]]:
    """Log in as people do; give the cookies."""
    context = browser.new_context(base_url=where, locale=language)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/account/login/")
    page.fill("#id_login", account.email)
    page.fill("#id_password", account.password)
    with page.expect_navigation():
        page.click("main button.primary")
    cookies: list[dict[str, Any]] = context.cookies()
    context.close()
    return cookies


def take(browser: Any, where: str, cookies: list[dict[str, Any]], shot: Shot, target: Path, whole: bool) -> None:
    """Photograph a page once everything on it is counted."""
    width, height = shot.size
    context = browser.new_context(
        base_url=where, viewport={"width": width, "height": height}, color_scheme=shot.theme, reduced_motion="reduce"
    )
    context.add_cookies(cookies)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(shot.path or "/requests/?waiting=1")
    if not shot.path:
        page.locator("#requests .list a").first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_function("!document.querySelector(':not(details) > .part-waiting, .working:not(details *)')")
    page.screenshot(path=str(target), full_page=whole)
    context.close()


def lighten(path: Path) -> None:
    """As few colours as it takes to stay below the limit; a page has few to begin with."""
    from PIL import Image

    for colours in (256, 128, 64, 32):
        with Image.open(path) as picture:
            light = picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        light.save(path.with_suffix(".light.png"), optimize=True)
        if path.with_suffix(".light.png").stat().st_size <= LARGEST:
            break
    path.with_suffix(".light.png").replace(path)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path} is larger than {LARGEST // 1024} KiB.")


def shots_of(wanted: argparse.Namespace) -> list[Shot]:
    """The pictures of the guides, or every page at both widths in both themes."""
    chosen = [shot for shot in SHOTS if not wanted.only or shot.name in wanted.only]
    if not wanted.all:
        return chosen
    return [
        Shot(f"{shot.name}-{size[0]}-{theme}", shot.path, size, theme)
        for shot in chosen
        if shot.name != "phone"
        for size in (DESK, PHONE)
        for theme in ("light", "dark")
    ]


def main() -> None:
    """Write docs/<language>/guide/pictures/*.png, or what was asked for."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every page, both widths, both themes, in full length")
    parser.add_argument("--out", type=Path, help="a folder instead of the guides")
    parser.add_argument("--only", nargs="*", default=[], help="names of pages")
    parser.add_argument("--languages", nargs="*", default=list(LANGUAGES))
    wanted = parser.parse_args()
    for language in wanted.languages:
        folder = wanted.out / language if wanted.out else DOCS / language / "guide" / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        with (
            TemporaryDirectory() as data,
            served(Path(data), language) as (where, account),
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
            cookies = logged_in(browser, where, account, language)
            for shot in shots_of(wanted):
                take(browser, where, cookies, shot, folder / f"{shot.name}.png", wanted.all)
                if not wanted.all:
                    lighten(folder / f"{shot.name}.png")
            browser.close()


if __name__ == "__main__":
    main()
