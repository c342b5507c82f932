"""A cycle of goals as one HTML file: no network, light and dark, for desk, phone and paper."""

from importlib.metadata import version

from otklik.charts import Speech
from otklik.report.blocks import Cards
from otklik.report.goals_sections import METHOD, TERMS, days_told, goal_cards, goal_sections, heading
from otklik.report.page import render_page
from otklik.schemas.goal_stories import CycleStory


def render_goals_html(story: CycleStory, language: str) -> str:
    """Render a cycle as one self-contained page in 'en' or 'ru'."""
    speech = Speech(language, zone=story.zone)
    say = speech.words.say
    title, kicker, simulated = heading(story, speech)
    return render_page(
        speech,
        title=title,
        kicker=kicker,
        simulated=simulated,
        period=days_told(story, speech),
        version=version("otklik"),
        cards=Cards(goal_cards(story, speech)),
        sections=goal_sections(story, speech),
        terms=[(say(term), say(meaning)) for term, meaning in TERMS],
        method=[(say(term), say(meaning)) for term, meaning in METHOD],
    )
