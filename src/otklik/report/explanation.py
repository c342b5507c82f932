"""One explained number in the terminal."""

from otklik.charts import Speech
from otklik.charts.printable import clipped
from otklik.schemas.results import Explanation, Interval


def render_explanation(explanation: Explanation, language: str, *, time_zone: str = "UTC") -> str:
    """Write what was counted, what was not, and why, one line an interval."""
    speech = Speech(language, zone=time_zone)
    head = f"{clipped(explanation.request)}  {clipped(explanation.subject or '')}".rstrip()
    lines = [head, f"{speech.measure(explanation.measure)}: {_value(explanation, speech)}"]
    if explanation.calendar:
        lines.append(speech.say("Working hours: %(calendar)s", calendar=clipped(explanation.calendar)))
    return "\n".join([*lines, "", *(_line(interval, speech) for interval in explanation.intervals)])


def _value(explanation: Explanation, speech: Speech) -> str:
    state = speech.state(explanation.state)
    if explanation.value_s is None:
        return state
    value = str(speech.format.duration(explanation.value_s))
    if explanation.business_s is not None:
        worked = speech.format.working(explanation.business_s)
        value = speech.say("%(time)s (in working hours %(worked)s)", time=value, worked=str(worked))
    return f"{value}, {state}"


def _line(interval: Interval, speech: Speech) -> str:
    mark = "█" if interval.counted else "░"
    start, end = (speech.format.moment(at, speech.zone) for at in (interval.start, interval.end))
    events = f"{speech.step(interval.start_event)} → {speech.step(interval.end_event)}"
    counted = speech.say("counted") if interval.counted else speech.say("not counted")
    worked = "" if interval.business_s is None else f" ({speech.format.working(interval.business_s)})"
    lasted = speech.format.duration(interval.seconds)
    return f"{mark} {start} – {end}  {lasted}{worked}  {counted}: {speech.why(interval.why)}  [{events}]"
