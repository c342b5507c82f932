"""8. The longest waits, each explained."""

from otklik.charts import Speech, long_waits, wait_timeline
from otklik.charts.printable import clipped
from otklik.report.blocks import Block, Figure, Section, Story
from otklik.schemas.results import Explanation, Report

_MOST = 8


def longest(report: Report, speech: Speech) -> Section:
    """Show for the longest waits what was counted, what was not, and why."""
    title = speech.say("The longest waits, explained")
    shown = [entry for entry in report.longest if entry.intervals][:_MOST]
    if not shown:
        return Section("longest", title, [speech.say("There is no wait to explain.")])
    lead = [
        speech.say("Each bar is the life of one request."),
        speech.say("Orange is what counts; the rest is shown with the reason why it does not."),
    ]
    if speech.is_process:
        lead[0] = speech.say("Each bar is the life of one case.")
    plain = [entry for entry in shown if len(entry.intervals) == 1]
    blocks = [_story(entry, i, speech) for i, entry in enumerate(shown) if entry not in plain]
    if plain:
        words = speech.say("Without a break, from the first day to the last")
        blocks.append(Figure(long_waits(plain, speech, words), "plain"))
    if len(plain) == len(shown):
        lead = [speech.say("Each bar runs from the beginning of a wait to its end, along the calendar.")]
    return Section("longest", title, lead, blocks)


def _story(entry: Explanation, i: int, speech: Speech) -> Block:
    return Story(
        title=clipped(entry.request),
        remark=clipped(entry.subject or "", 160),
        value=value_text(entry, speech),
        figure=Figure(wait_timeline(entry, speech, speech.measure(entry.measure)), f"story{i}"),
        sentences=_sentences(entry, speech),
    )


def value_text(entry: Explanation, speech: Speech) -> str:
    """How long, in the clock of the customer."""
    return "–" if entry.value_s is None else speech.format.duration(entry.value_s)


def _sentences(entry: Explanation, speech: Speech) -> list[str]:
    name = speech.measure(entry.measure)
    state: str = f"{name}."
    if entry.state == "running":
        over = all(piece.why != "still_waiting" for piece in entry.intervals if piece.counted)
        state = speech.say("%(measure)s, still running.", measure=name)
        if over and entry.measure == "longest_wait":
            state = speech.say("%(measure)s so far: another one is still running.", measure=name)
    sentences = [state]
    if entry.business_s is not None:
        sentences.append(speech.say("Of it in working hours: %(time)s.", time=speech.format.working(entry.business_s)))
    return sentences
