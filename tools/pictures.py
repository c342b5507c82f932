"""Take the pictures of the READMEs: the top of the simulated company's report, in both languages."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from otklik.actions.simulate import simulate
from otklik.cli.main import main as otklik

ROOT = Path(__file__).resolve().parents[1]
SIZE = {"width": 1280, "height": 1060}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def main(requests: int = 50_000) -> None:
    """Write docs/img/report-en.png and report-ru.png with Debian's Chromium."""
    (ROOT / "docs" / "img").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        log, calendars = simulate(Path(folder), requests, 2026)
        for language in ("en", "ru"):
            page = Path(folder) / f"{language}.html"
            told = ["--calendar", str(calendars), "--tz", "Europe/Moscow", "--lang", language, "--out", str(page)]
            if otklik(["report", str(log), *told]):
                sys.exit("the report could not be made")
            tab = browser.new_page(viewport=SIZE)
            tab.goto(page.as_uri())
            tab.screenshot(path=ROOT / "docs" / "img" / f"report-{language}.png")
        browser.close()


if __name__ == "__main__":
    main()
