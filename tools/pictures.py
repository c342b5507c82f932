"""Take the pictures of the README: the top of the report on the simulated company, in each language.

Run by hand after the report has changed: `python -m tools.pictures`. It needs Playwright and a Chromium.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from otklik.base.text import LANGUAGES
from otklik.cli.main import main as otklik

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "img"
WIDTH, HEIGHT, LARGEST = 1280, 1000, 300_000
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def write_pages(folder: Path) -> dict[str, Path]:
    """Simulate the company once in full size, and write its report in each language."""
    pages = {}
    for language in LANGUAGES:
        if otklik(["demo", "--out", str(folder), "--lang", language]):
            sys.exit("The report could not be written.")
        pages[language] = (folder / "report.html").rename(folder / f"{language}.html")
    return pages


def take_picture(browser: object, page: Path, target: Path) -> None:
    """Photograph the top of a page as PNG."""
    view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")  # type: ignore[attr-defined]
    view.goto(page.as_uri())
    view.screenshot(path=str(target))
    view.close()
    if target.stat().st_size > LARGEST:
        sys.exit(f"{target} is larger than {LARGEST // 1000} kB.")


def main() -> None:
    """Write docs/img/report-*.png."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = write_pages(Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for language, page in pages.items():
            take_picture(browser, page, FOLDER / f"report-{language}.png")
        browser.close()


if __name__ == "__main__":
    main()
