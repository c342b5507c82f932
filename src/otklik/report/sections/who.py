"""5. Who waits most?"""

from math import inf

from otklik.charts import Speech, slice_dots
from otklik.charts.printable import clipped
from otklik.report.blocks import Block, Figure, Notice, Section
from otklik.schemas.results import Clock, Report, Slice, SliceRow


def who(report: Report, speech: Speech) -> Section:
    """Compare channels, teams and the rest, each value with everybody else."""
    title = speech.say("Which take longest?") if speech.is_process else speech.say("Who waits most?")
    shown = shown_slices(report)
    if not shown:
        return Section(
            "who", title, [speech.say("There is nothing to compare by, or too few requests in every group.")]
        )
    first = shown[0]
    lead = [
        _compared(first.measure, first.clock, speech),
        speech.say("Each group is compared with all the others together."),
        speech.say("The dot is the middle one of the group; the thick line is where it lies, 95% sure; the thin line "
                   "runs on to the slowest tenth."),
        speech.say("Groups are called slower or faster only where the difference is surely more than chance."),
    ]  # fmt: skip
    blocks: list[Block] = []
    for i, cut in enumerate(shown):
        blocks.append(Figure(slice_dots(cut, speech, slice_title(cut, speech)), slice_id(i)))
        if cut.left_out:
            blocks.append(Notice(speech.count("%(n)s more is not shown.", "%(n)s more are not shown.", cut.left_out)))
    return Section("who", title, lead, blocks)


def shown_slices(report: Report) -> list[Slice]:
    """Those in which at least one value can be compared, in the order of their figures."""
    return [cut for cut in report.slices if any(row.verdict != "too_few" for row in cut.rows)]


def slice_id(place: int) -> str:
    """Name the figure of the slice at this place."""
    return f"slice{place}"


def _compared(measure: str, clock: Clock, speech: Speech) -> str:
    if speech.is_process:
        return speech.say("What is compared: %(measure)s.", measure=speech.inline(measure))
    return speech.say(
        "What is compared: %(measure)s, %(clock)s.", measure=speech.inline(measure), clock=speech.clock(clock)
    )


def slowest(cut: Slice) -> SliceRow | None:
    """The value that is surely slower than the others by most; one whose half is not served yet is the slowest."""
    slower = [row for row in cut.rows if row.verdict == "slower"]
    return max(slower, key=lambda row: inf if row.difference_s is None else row.difference_s, default=None)


def slice_title(cut: Slice, speech: Speech) -> str:
    """The finding of one slice."""
    by = speech.slice(cut.by)
    by = by[:1].upper() + by[1:]
    worst = slowest(cut)
    if worst is None:
        return _fastest_title(cut, by, speech)
    if worst.difference_s is None:
        return speech.say(
            "%(by)s: “%(value)s” is clearly slower than the others", by=by, value=clipped(worst.value, 60)
        )
    time = speech.length(worst.difference_s, cut.clock)
    return speech.say(
        "%(by)s: “%(value)s” takes %(time)s longer than the others", by=by, value=clipped(worst.value, 60), time=time
    )


def _fastest_title(cut: Slice, by: str, speech: Speech) -> str:
    """Where nobody is surely slower, somebody may surely be faster."""
    faster = [row for row in cut.rows if row.verdict == "faster"]
    if not faster:
        return speech.say("%(by)s: no clear difference", by=by)
    best = min(faster, key=lambda row: -inf if row.difference_s is None else row.difference_s)
    value = clipped(best.value, 60)
    if best.difference_s is None:
        return speech.say("%(by)s: “%(value)s” is clearly faster than the others", by=by, value=value)
    time = speech.length(-best.difference_s, cut.clock)
    return speech.say("%(by)s: “%(value)s” takes %(time)s less than the others", by=by, value=value, time=time)
