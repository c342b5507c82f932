"""The page as a person sees it: phone and desk, light and dark, both languages; nothing leaves the page."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from otklik.actions.simulate import simulate
from otklik.cli.main import main

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One simulated company and its page in each language."""
    folder = tmp_path_factory.mktemp("pages")
    log, calendars = simulate(folder, 2000, 4)
    for language in ("en", "ru"):
        arguments = ["report", str(log), "--calendar", str(calendars), "--tz", "Europe/Moscow", "--lang", language]
        assert main([*arguments, "--target", "first_reply<=4h@90%", "--out", str(folder / f"{language}.html")]) == 0
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")], ids=lambda p: f"{p[0]}-{p[1]}")
def page(request: pytest.FixtureRequest, chromium) -> Iterator:
    width, theme = request.param
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda asked: page.asked.append(asked.url))
    yield page
    page.close()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_fits_says_everything_and_asks_for_nothing(folder: Path, page, language: str) -> None:
    address = (folder / f"{language}.html").as_uri()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
    assert page.said == []
    assert [url for url in page.asked if url != address and not url.startswith("data:")] == []
    assert page.evaluate("document.documentElement.lang") == language
    assert page.locator("h1").count() == 1
    assert page.locator("h2").count() >= 9, "nine questions, nine answers"


def test_text_and_paper_differ_enough(folder: Path, page) -> None:
    """WCAG AA: body text against the page at 4.5 : 1 or more, in both themes."""
    page.goto((folder / "en.html").as_uri())
    ink, paper = page.evaluate(
        "[getComputedStyle(document.querySelector('h1')).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert contrast(ink, paper) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_picture_has_words_for_those_who_do_not_see_it(folder: Path, page) -> None:
    page.goto((folder / "en.html").as_uri())
    nameless = page.evaluate(
        "[...document.querySelectorAll('svg')].filter(s => s.checkVisibility() && !s.closest('[aria-hidden=true]')"
        " && !(s.getAttribute('aria-label') || s.querySelector('title') || s.closest('[aria-label],figure')))"
        ".length"
    )
    assert nameless == 0


def test_no_label_is_cut_off_in_a_picture(folder: Path, page) -> None:
    """Every text of a visible picture lies inside it."""
    page.goto((folder / "ru.html").as_uri())
    cut = page.evaluate(
        """[...document.querySelectorAll('svg')].filter(s => s.checkVisibility()).flatMap(s => {
             const box = s.getBoundingClientRect();
             return [...s.querySelectorAll('text')].filter(t => t.textContent.trim()).filter(t => {
               const b = t.getBoundingClientRect();
               return b.width && (b.left < box.left - 2 || b.right > box.right + 2);
             }).map(t => t.textContent);
           })"""
    )
    assert cut == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_word_of_a_card_or_a_heading_is_broken(folder: Path, page, language: str) -> None:
    """'16 h 36 mi|n' is no figure: every word stands on one line."""
    page.goto((folder / f"{language}.html").as_uri())
    broken = page.evaluate(
        """[...document.querySelectorAll('.card .value, .card .label, h1, h2, figcaption')].flatMap(box => {
             const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), found = [];
             while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/[^\\s–—-]+/g)) {
               const range = document.createRange();
               range.setStart(walker.currentNode, word.index);
               range.setEnd(walker.currentNode, word.index + word[0].length);
               if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) found.push(word[0]);
             }
             return found;
           })"""
    )
    assert broken == []
    assert page.evaluate("document.title").count("<") == 0
