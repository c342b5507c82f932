from pathlib import Path

from otklik.report import blocks

TEMPLATE = Path(blocks.__file__).parent / "templates" / "blocks.html"


def test_the_page_knows_how_to_show_every_kind_of_block():
    kinds = [block("").kind for block in (blocks.Notice,)]
    kinds += ["figure", "cards", "grid", "listing", "story"]
    text = TEMPLATE.read_text("utf-8")
    assert all(f"{{% macro {kind}(block) %}}" in text for kind in kinds)
