"""The documents keep what they promise: links lead somewhere, every measure has its page in both languages."""

from pathlib import Path

import pytest

from otklik.measures import catalog
from tools.documentation import broken_links
from tools.screenshots import LARGEST, SHOTS

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_every_link_leads_somewhere() -> None:
    assert broken_links() == []


@pytest.mark.parametrize("measure", catalog.MEASURES, ids=lambda measure: measure.id)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_measure_has_a_method_page(measure, language: str) -> None:
    page = DOCS / language / "method" / f"{measure.id}.md"
    assert page.exists(), f"write {page.name}: what it means, unit, edge cases, source"
    text = page.read_text("utf-8")
    assert f"`{measure.unit}`" in text
    assert f"img/{measure.id}" in text, "draw its timeline"


@pytest.mark.parametrize("page", sorted(p.relative_to(DOCS / "en") for p in (DOCS / "en").rglob("*.md")), ids=str)
def test_every_english_page_has_its_russian_twin(page: Path) -> None:
    assert (DOCS / "ru" / page).exists()


@pytest.mark.parametrize("page", sorted(p.relative_to(DOCS / "ru") for p in (DOCS / "ru").rglob("*.md")), ids=str)
def test_every_russian_page_has_its_english_twin(page: Path) -> None:
    assert (DOCS / "en" / page).exists()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_pictures_of_the_guides_are_there_light_and_shown(language: str) -> None:
    folder = DOCS / language / "guide" / "pictures"
    taken = {path.name for path in folder.glob("*.png")}
    assert taken == {f"{shot.name}.png" for shot in SHOTS}, "python -m tools.screenshots"
    guides = "\n".join(page.read_text("utf-8") for page in folder.parent.glob("*.md"))
    assert [name for name in taken if f"](pictures/{name})" not in guides] == []
    assert [name for name in taken if (folder / name).stat().st_size > LARGEST] == []
