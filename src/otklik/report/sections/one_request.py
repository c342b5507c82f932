"""One request: every number of it explained, interval by interval."""

from otklik.charts import Speech, wait_timeline
from otklik.report.blocks import Block, Figure, Section, Story
from otklik.report.sections.longest import value_text
from otklik.schemas.requests import ToldRequest
from otklik.schemas.results import Explanation


def one_request(told: ToldRequest, speech: Speech) -> Section:
    """Draw each measure of a request as the line of its intervals: what counted, what did not, and why."""
    shown = [entry for entry in told.explanations if entry.intervals]
    title = speech.say("How each number came about")
    if not shown:
        return Section("numbers", title, [speech.say("No measure applies to this request.")])
    lead = speech.say("Orange is what counts; the rest is shown with the reason why it does not.")
    return Section("numbers", title, [lead], [_story(entry, speech) for entry in shown])


def _story(entry: Explanation, speech: Speech) -> Block:
    name = speech.measure(entry.measure)
    sentences = [speech.measure_note(entry.measure), f"{_capital(speech.state(entry.state))}."]
    if entry.business_s is not None:
        sentences.append(speech.say("Of it in working hours: %(time)s.", time=speech.format.working(entry.business_s)))
    return Story(
        title=name,
        remark="",
        value=value_text(entry, speech),
        figure=Figure(wait_timeline(entry, speech, name), f"measure-{entry.measure}"),
        sentences=[sentence for sentence in sentences if sentence.strip(".")],
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
