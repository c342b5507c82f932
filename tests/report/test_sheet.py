import re

from otklik.charts.palette import DARK, LIGHT
from otklik.report import QUESTIONS, render_section, section, stylesheet
from tests.report.fabricated import every


def selectors(css: str) -> list[str]:
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", css)
    return [one.strip() for rule in rules for one in rule.split(",")]


def test_nothing_outside_the_sections_is_styled():
    assert stylesheet().count("{") == stylesheet().count("}")
    assert all(one == ":root" or one == ".otklik" or one.startswith(".otklik ") for one in selectors(stylesheet()))


def test_every_colour_is_there_in_light_and_dark():
    light, dark = stylesheet().split("@media (prefers-color-scheme:dark)")[:2]
    assert all(f"--{token}:{value};" in light for token, value in LIGHT.items())
    assert all(f"--{token}:{value};" in dark for token, value in DARK.items())


def test_every_class_and_colour_of_a_section_is_known_to_the_sheet():
    report = every()["shop"]
    html = "".join(render_section(section(report, question, "en"), "en") for question in QUESTIONS)
    classes = {name for value in re.findall(r' class="([^"]+)"', html) for name in value.split()}
    known = set(re.findall(r"\.([a-z][a-z-]*)", stylesheet()))
    assert classes - known <= {"plain", "quiet"}, "these two look like their kind"
    assert {f"--{name}" for name in re.findall(r"var\(--([a-z0-9-]+)\)", html)} <= set(
        re.findall(r"--[a-z0-9-]+", stylesheet().split("@media")[0])
    )
