"""A cycle of goals on paper, drawn by the layout of the report; the same state of the same day gives the same bytes."""

from typing import Any

from otklik.base.text import N_
from otklik.charts.palette import LIGHT
from otklik.charts.speech import Speech
from otklik.report.blocks import Cards
from otklik.report.goals_sections import METHOD, TERMS, days_told, goal_cards, goal_sections, heading
from otklik.report.pdf import block_told, draw, plain, section_told
from otklik.schemas.goal_stories import CycleStory


def render_story_pdf(story: CycleStory, language: str) -> bytes:
    """Draw a cycle as PDF in 'en' or 'ru': tagged, with the alternative text of every picture."""
    return draw(story_paper(story, language), story.now.as_of)


def story_paper(story: CycleStory, language: str) -> dict[str, Any]:
    """Everything the layout needs, as plain data."""
    speech = Speech(language, zone=story.zone)
    say = speech.words.say
    title, kicker, simulated = heading(story, speech)
    return {
        "language": speech.language,
        "colours": LIGHT,
        "title": plain(title),
        "running_title": plain(f"Otklik · {title}"),
        "kicker": plain(kicker),
        "simulated": plain(simulated),
        "period": plain(days_told(story, speech)),
        "cards": block_told(Cards(goal_cards(story, speech)))["cards"],
        "sections": [section_told(part) for part in goal_sections(story, speech)],
        "words_title": plain(say(N_("What the words mean"))),
        "words": [[plain(say(term)), plain(say(meaning))] for term, meaning in TERMS],
        "method_title": plain(say(N_("How this was measured"))),
        "method": [[plain(say(term)), plain(say(meaning))] for term, meaning in METHOD],
    }
