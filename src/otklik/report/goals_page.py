"""A cycle of goals as one HTML file: no network, light and dark, for desk, phone and paper."""

from importlib.metadata import version

from otklik.charts import Speech
from otklik.charts.printable import printable
from otklik.report.blocks import Cards
from otklik.report.goals_sections import METHOD, TERMS, days_told, goal_cards, goal_sections, heading
from otklik.report.page import environment
from otklik.report.sheet import stylesheet
from otklik.schemas.goal_stories import CycleStory


def render_goals_html(story: CycleStory, language: str) -> str:
    """Render a cycle as one self-contained page in 'en' or 'ru'."""
    from markupsafe import Markup

    speech = Speech(language, zone=story.zone)
    say = speech.words.say
    title, kicker, simulated = heading(story, speech)
    return printable(environment().get_template("goals.html").render(
        title=title,
        kicker=kicker,
        simulated=simulated,
        period=days_told(story, speech),
        version=version("otklik"),
        speech=speech,
        say=speech.say,
        cards=Cards(goal_cards(story, speech)),
        sections=goal_sections(story, speech),
        terms=[(say(term), say(meaning)) for term, meaning in TERMS],
        method=[(say(term), say(meaning)) for term, meaning in METHOD],
        stylesheet=Markup(stylesheet()),  # noqa: S704 (our own rules)
    ))  # fmt: skip
