"""Write a section of a view once for each language."""

from otklik.report import render_section, section
from otklik.web.looking import Looking
from otklik.web.speed.pages import PARTS


def write_section(looking: Looking, name: str, language: str) -> str:
    """Write a section, or give what was written before."""

    def make() -> str:
        return render_section(section(looking.report(PARTS[name]), name, language), language)

    return looking.once("section", [name], make)


def known_section(looking: Looking, name: str) -> str | None:
    """What was written before, or None."""
    return looking.known("section", [name])
