"""At the top: the three or four things to know."""

from otklik.charts import Speech
from otklik.report.blocks import Card, Tone
from otklik.report.quantiles import ended_in_vain, quantile_text, too_few
from otklik.report.sections.fast import half_within
from otklik.report.sections.where import ours
from otklik.schemas.results import Clock, Report, Speed


def headline(report: Report, speech: Speech) -> str:
    """The answer in one sentence."""
    speed = headline_speed(report)
    if speed is None:
        return speech.say("This record cannot tell how fast anybody was served.")
    return half_within(speed, report.headline, speech, "elapsed" if _in_elapsed(report) else "business")


def headline_speed(report: Report) -> Speed | None:
    """The headline measure, as the customer feels it."""
    result = report.measures.get(report.headline)
    return None if result is None else result.elapsed or result.business


def _in_elapsed(report: Report) -> bool:
    result = report.measures.get(report.headline)
    return result is not None and result.elapsed is not None


def summary(report: Report, speech: Speech) -> list[Card]:
    """How fast, who waits now, where the time goes, is it getting better."""
    cards = [_fast(report, speech), _waiting(report, speech), _where(report, speech), _change(report, speech)]
    return [card for card in cards if card is not None]


def _fast(report: Report, speech: Speech) -> Card | None:
    speed = headline_speed(report)
    if speed is None:
        return None
    clock: Clock = "elapsed" if _in_elapsed(report) else "business"
    label = speech.say("the slowest tenth waits longer than this")
    if speech.is_process:
        label = speech.say("the slowest tenth takes longer than this")
    if speed.p90_s is not None:
        return Card(quantile_text(speed, "p90", speech, clock), label)
    if too_few(speed, "p90"):
        few = speech.count(
            "request: too few to speak of the slowest tenth", "requests: too few to speak of the slowest tenth", speed.n
        )
        return Card(speech.format.number(speed.n), few, tone="quiet")
    if ended_in_vain(speed):
        return Card(speech.say("Never"), speech.say("the slowest tenth ended without it"), tone="bad")
    waits = speech.say("the slowest tenth was still waiting when the record ended")
    if speech.is_process:
        waits = speech.say("the slowest tenth was not finished when the record ended")
    return Card(speech.say("Not yet"), waits, tone="bad")


def _waiting(report: Report, speech: Speech) -> Card | None:
    now = report.waiting
    if now is None:
        return None
    note = ""
    if now.longest:
        note = speech.say("the longest for %(time)s", time=str(speech.format.duration(now.longest[0].waited_s)))
    if now.basis == "reply":
        label: str = speech.say("waiting for an answer now")
    else:
        label = speech.say("not finished now") if speech.is_process else speech.say("open now")
    return Card(speech.format.number(now.n), label, note, "bad" if now.n else "good")


def _where(report: Report, speech: Speech) -> Card | None:
    mine = ours(report.where) if report.where else None
    if mine is None or report.where is None or sum(1 for part in report.where.turns if part.total_s) < 2:
        return None
    note = ""
    if report.where.out_of_hours_share is not None:
        share = str(speech.format.share(report.where.out_of_hours_share))
        note = speech.say("%(share)s of that while we were closed", share=share)
    return Card(speech.format.share(mine.share), speech.say("of the time it was our turn"), note)


def _change(report: Report, speech: Speech) -> Card | None:
    trend = report.trend
    if trend is None or trend.verdict == "too_short":
        return None
    tones: dict[str, Tone] = {"faster": "good", "slower": "bad", "steady": "plain"}
    label: str = speech.say("no week from which on it is surely different")
    if trend.changes:
        last = trend.changes[-1]
        label = speech.say(
            "%(before)s → %(after)s since %(day)s", before=speech.brief(last.before_s, trend.clock),
            after=speech.brief(last.after_s, trend.clock), day=speech.format.day(last.at, speech.zone),
        )  # fmt: skip
    value = {"faster": speech.say("Faster"), "slower": speech.say("Slower"), "steady": speech.say("Steady")}[
        trend.verdict
    ]
    return Card(value, label, "", tones[trend.verdict])
