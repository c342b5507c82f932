import re
from xml.etree import ElementTree

from otklik.charts.canvas import Canvas
from otklik.charts.drawing import framed, themed_svg, to_png, to_svg
from otklik.charts.palette import LIGHT
from tests.report.fabricated import NASTY


def written(*texts: str) -> dict:
    canvas = Canvas(300)
    for i, text in enumerate(texts):
        canvas.rect(0, i * 20, 10, 10, "us")
        canvas.text(20, i * 20 + 8, text)
    return canvas.spec()


def test_colours_become_variables_of_the_page():
    svg = themed_svg(written("hello"), "one")
    assert 'fill="var(--us)"' in svg and LIGHT["us"] not in svg


def test_a_colour_in_the_words_stays_as_it_was_written():
    assert LIGHT["us"] in themed_svg(written(f'fill="{LIGHT["us"]}"'), "one")


def test_pictures_do_not_share_clips():
    at = {"field": "x", "type": "quantitative"}
    spec = framed(300, 80, [{"data": {"values": [{"x": 1}, {"x": 2}]}, "mark": {"type": "line", "clip": True},
                             "encoding": {"x": at, "y": at}}])  # fmt: skip
    svg = themed_svg(spec, "pic")
    assert set(re.findall(r'id="([^"]+)"', svg)) == set(re.findall(r"url\(#([^)]+)\)", svg))
    assert 'id="pic-' in svg
    assert themed_svg(spec, "pic") == svg, "drawn once more it is the same, whatever was drawn between"


def test_nothing_from_a_record_leaves_its_text_element():
    svg = themed_svg(written(*NASTY), "one")
    tree = ElementTree.fromstring(svg)
    tags = {element.tag.split("}")[-1] for element in tree.iter()}
    assert tags <= {"svg", "g", "path", "text", "rect", "defs", "clipPath", "line"}
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on") or "href" in name]


def test_one_control_character_does_not_stop_the_drawing():
    assert "bell" in to_svg(written("bell\x07\x00\x1b[31m\ud800\ufffe"))


def test_a_png_is_a_png():
    assert to_png(written("png"), scale=1).startswith(b"\x89PNG")
