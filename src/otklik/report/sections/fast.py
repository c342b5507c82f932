"""1. How fast do we answer and serve?"""

from otklik.charts import Speech, of_hundred, promises, share_answered
from otklik.charts.of_hundred import telling_marks
from otklik.report.blocks import Block, Figure, Section
from otklik.report.quantiles import ended_in_vain, figures_text, interval_text, too_few
from otklik.report.sections.more_measures import measures_blocks
from otklik.schemas.results import Clock, MeasureResult, Report, ShareWithin, Speed

REPLIES = ("first_reply", "waits", "acknowledgement", "longest_wait")
"""Measures that end with an answer."""


def fast(report: Report, speech: Speech) -> Section:
    """Say how fast, for everybody who asked, in both clocks."""
    result = report.measures.get(report.headline)
    title = _question(report, speech)
    if result is None or not (result.elapsed or result.business):
        why = speech.say("What it lacks is said under “What could not be measured, and why”.")
        return Section("fast", title, [speech.say("This record cannot tell how fast anybody was served."), why])
    blocks: list[Block] = [*_pictures(result, speech), *_other_curve(report, speech), *measures_blocks(report, speech)]
    if report.targets:
        kept = sum(1 for target in report.targets if target.met)
        words = speech.count("%(n)s of %(all)s promises kept", "%(n)s of %(all)s promises kept", kept,
                             all=speech.format.number(len(report.targets)))  # fmt: skip
        blocks.append(Figure(promises(report.targets, speech, words), "promises"))
    return Section("fast", title, _lead(report, result, speech), blocks)


def _question(report: Report, speech: Speech) -> str:
    if speech.is_process:
        return speech.say("How long does it take?")
    if report.headline in REPLIES:
        return speech.say("How fast do we answer?")
    return speech.say("How fast do we serve?")


def half_within(speed: Speed, measure: str, speech: Speech, clock: Clock = "elapsed") -> str:
    """The sentence of the median."""
    median, _, _ = (speed.median_s, speed.median_low_s, speed.median_high_s)
    if median is None:
        return _no_median(speed, measure, speech)
    time = speech.length(median, clock)
    if measure in REPLIES:
        return speech.say("Half of the customers have an answer within %(time)s.", time=time)
    if speech.is_process:
        return speech.say("Half of the cases are finished within %(time)s.", time=time)
    return speech.say("Half of the requests are solved within %(time)s.", time=time)


def _no_median(speed: Speed, measure: str, speech: Speech) -> str:
    if too_few(speed, "median"):
        return speech.say("There are too few requests to say how fast.")
    if measure in REPLIES and not speed.done:
        return speech.say("Nobody had an answer by the end of the record.")
    if not speed.done:
        return speech.say("None was finished by the end of the record.")
    if measure in REPLIES:
        return speech.say("More than half of those who asked had no answer by the end of the record.")
    return speech.say("More than half were not finished by the end of the record.")


def _lead(report: Report, result: MeasureResult, speech: Speech) -> list[str]:
    speed = result.elapsed or result.business
    assert speed is not None
    clock: Clock = "elapsed" if result.elapsed else "business"
    sentences = [half_within(speed, result.measure, speech, clock)]
    surely = interval_text(speed, "median", speech, clock)
    if surely:
        sentences.append(speech.say("The true value lies, 95%% sure, %(interval)s.", interval=surely))
    if speed.median_s is not None:
        sentences.append(_tail(speed, speech, clock))
    if result.elapsed and result.business and result.business.median_s is not None:
        sentences.append(speech.say(
            "Counting only the hours in which we were open: %(figures)s.",
            figures=figures_text(result.business, speech, "business"),
        ))  # fmt: skip
    return [*sentences, *_counted(report, speed, result.measure, speech)]


def _tail(speed: Speed, speech: Speech, clock: Clock) -> str:
    if speed.p90_s is not None:
        surely = interval_text(speed, "p90", speech, clock)
        time = speech.length(speed.p90_s, clock)
        if surely and speech.is_process:
            return speech.say(
                "1 in 10 takes longer than %(time)s (95%% sure: %(interval)s).", time=time, interval=surely
            )
        if surely:
            return speech.say(
                "1 in 10 waits longer than %(time)s (95%% sure: %(interval)s).", time=time, interval=surely
            )
        if speech.is_process:
            return speech.say("1 in 10 takes longer than %(time)s.", time=time)
        return speech.say("1 in 10 waits longer than %(time)s.", time=time)
    if too_few(speed, "p90"):
        return speech.say("For the slowest tenth there are too few requests to say.")
    if ended_in_vain(speed):
        return speech.say("The slowest tenth never got that far: they ended without it.")
    if speech.is_process:
        return speech.say("For the slowest tenth the record is too short: they were not finished when it ended.")
    return speech.say("For the slowest tenth the record is too short: they were still waiting when it ended.")


def _counted(report: Report, speed: Speed, measure: str, speech: Speech) -> list[str]:
    """Who is in these figures: everybody, the unanswered included."""
    sentences: list[str] = [speech.count(
        "This counts %(n)s request.", "This counts all %(n)s requests.", speed.n
    )]  # fmt: skip
    if speech.is_process:
        sentences = [speech.count("This counts %(n)s case.", "This counts all %(n)s cases.", speed.n)]
    if speed.running == speed.n > 1:
        sentences.append(speech.say("All of them are still running and count as “at least so long”."))
    elif speed.running:
        sentences.append(speech.count(
            "%(n)s of them is still running and counts as “at least so long”.",
            "%(n)s of them are still running and count as “at least so long”.", speed.running,
        ))  # fmt: skip
    if speed.never:
        sentences.append(_never(speed.never, measure, speech))
    return sentences


def _never(n: int, measure: str, speech: Speech) -> str:
    if measure in REPLIES:
        return speech.count(
            "%(n)s ended without an answer and counts as never answered.",
            "%(n)s ended without an answer and count as never answered.", n,
        )  # fmt: skip
    return speech.count(
        "%(n)s ended unsolved and counts as never served.", "%(n)s ended unsolved and count as never served.", n
    )


def _pictures(result: MeasureResult, speech: Speech) -> list[Block]:
    speed = result.elapsed or result.business
    assert speed is not None
    blocks: list[Block] = []
    told = _telling_mark(speed)
    if told and speed.n >= 30:
        title = _of_hundred_title(told, result.measure, speech)
        hundred = of_hundred(speed, speech, title)
        blocks += [Figure(hundred, "hundred")] if hundred else []
    if len(speed.curve.at_s) > 1 and not too_few(speed, "median"):
        blocks.append(Figure(share_answered(result, speech, _curve_title(result.measure, speech)), "curve"))
    return blocks


def _other_curve(report: Report, speech: Speech) -> list[Block]:
    """The way to the solution, where the headline was the answer."""
    other = report.measures.get("resolution")
    if report.headline == "resolution" or other is None or other.elapsed is None or too_few(other.elapsed, "median"):
        return []
    if len(other.elapsed.curve.at_s) < 2:
        return []
    if other.elapsed.median_s is None:
        title = speech.say("Until it is solved: how many were, by when")
    else:
        time = speech.format.duration(other.elapsed.median_s)
        title = speech.say("Until it is solved: half within %(time)s", time=time)
    return [Figure(share_answered(other, speech, title), "resolved")]


def _telling_mark(speed: Speed) -> ShareWithin | None:
    """The time in the picture by which the share is nearest a half: the most telling one."""
    drawn = {within_s for within_s, _ in telling_marks(speed)}
    known = [mark for mark in speed.within if mark.within_s in drawn and 0.05 <= (mark.share or 0.0) <= 0.95]
    return min(known, key=lambda mark: abs((mark.share or 0.0) - 0.5), default=None)


def _of_hundred_title(mark: ShareWithin, measure: str, speech: Speech) -> str:
    n, time = round((mark.share or 0.0) * 100), speech.format.duration(mark.within_s)
    if measure in REPLIES:
        return speech.count(
            "Of a hundred who ask, %(n)s has an answer within %(time)s",
            "Of a hundred who ask, %(n)s have an answer within %(time)s", n, time=time,
        )  # fmt: skip
    if not speech.is_process:
        return speech.count(
            "Of a hundred, %(n)s is solved within %(time)s",
            "Of a hundred, %(n)s are solved within %(time)s",
            n,
            time=time,
        )
    return speech.count(
        "Of a hundred, %(n)s is finished within %(time)s",
        "Of a hundred, %(n)s are finished within %(time)s",
        n,
        time=time,
    )


def _curve_title(measure: str, speech: Speech) -> str:
    if measure in REPLIES:
        return speech.say("How many have an answer, by when")
    if speech.is_process:
        return speech.say("How many are finished, by when")
    return speech.say("How many are solved, by when")
