"""The report as one HTML file: no network, light and dark, for desk, phone and paper."""

from functools import cache
from typing import TYPE_CHECKING, Any

from otklik.base.text import N_
from otklik.charts import Picture, Speech
from otklik.charts.printable import printable
from otklik.report.blocks import Cards, Figure, Section
from otklik.report.glossary import file_names, glossary, method
from otklik.report.sections.summary import headline, summary
from otklik.report.sheet import stylesheet
from otklik.report.whole import sections
from otklik.schemas.results import Report

if TYPE_CHECKING:
    from jinja2 import Environment


def render_html(report: Report, language: str) -> str:
    """Render the whole report as one self-contained page in 'en' or 'ru'."""
    speech = Speech.about(report, language)
    simulated = speech.say(N_("These records are simulated; no such company exists."))
    return render_page(
        speech,
        title=headline(report, speech),
        kicker=f"Otklik · {file_names(report, speech)}",
        simulated=simulated if report.log.simulated else "",
        period=period(report, speech),
        version=report.settings.version,
        cards=Cards(summary(report, speech)),
        sections=sections(report, speech),
        terms=glossary(speech),
        method=method(report, speech),
    )


def render_page(speech: Speech, **parts: Any) -> str:
    """Render title, kicker, cards, sections and the rest as one self-contained page."""
    from markupsafe import Markup

    sheet = Markup(stylesheet())  # noqa: S704 (our own rules)
    return printable(environment().get_template("page.html").render(
        **parts, speech=speech, say=speech.say, stylesheet=sheet
    ))  # fmt: skip


def render_section(section: Section, language: str) -> str:
    """Render one section as a piece of HTML for a page that has `stylesheet()`.

    It holds no style and no script, not even in attributes, so the page may forbid both.
    """
    return printable(environment().get_template("section.html").render(part=section, say=Speech(language).say))


def render_figure(figure: Figure, language: str) -> str:
    """Render one picture with its numbers as a piece of HTML for a page that has `stylesheet()`."""
    return printable(environment().get_template("figure.html").render(figure=figure, say=Speech(language).say))


def period(report: Report, speech: Speech) -> str:
    """How many requests, and of which days."""
    log = report.log
    requests = speech.requests(log.requests)
    if log.first_event_at is None or log.last_event_at is None:
        return requests
    days = speech.format.days(log.first_event_at, log.last_event_at, speech.zone)
    return speech.say("%(requests)s, %(days)s", requests=requests, days=days)


@cache
def environment() -> "Environment":
    """The templates of the report, in which everything is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("otklik.report"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {"themed": themed, "plain": plain}
    return environment


def plain(text: str) -> str:
    """Take a sentence as bare text, for places where its figures cannot be bold."""
    return text + ""


def themed(picture: Picture, uid: str) -> dict[str, Any]:
    """Draw a picture twice, as markup that the page may print as it is: Vega escapes every text in it."""
    from markupsafe import Markup

    wide, narrow = picture.themed(uid)
    return {"wide": Markup(wide), "narrow": Markup(narrow)}  # noqa: S704 (drawn by Vega, which escapes)
