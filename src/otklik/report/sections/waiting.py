"""2. Who is waiting now, and for how long?"""

from typing import NamedTuple

from otklik.charts import Speech, ages
from otklik.charts.printable import clipped
from otklik.report.blocks import Block, Cell, Figure, Grid, Section
from otklik.report.quantiles import MINIMUM_N
from otklik.schemas.results import Report, Waiting, WaitingRequest

_MOST = 10


def waiting(report: Report, speech: Speech) -> Section:
    """Say who waits at the horizon."""
    title = speech.say("What is open now?") if speech.is_process else speech.say("Who is waiting now?")
    now = report.waiting
    if now is None:
        return Section("waiting", title, [speech.say("This record does not tell who is still waiting.")])
    moment = speech.format.moment(now.as_of, speech.zone)
    if not now.n:
        return Section("waiting", title, [_nobody(now, moment, speech)])
    blocks: list[Block] = []
    if any(n for _, _, n in now.ages):
        blocks.append(Figure(ages(now, speech, _ages_title(now, speech)), "ages"))
    if now.longest:
        blocks.append(_longest(now, speech))
    return Section("waiting", title, [_lead(now, moment, speech), *_oldest(now, speech)], blocks)


def _nobody(now: Waiting, moment: str, speech: Speech) -> str:
    if now.basis == "reply":
        return speech.say("At the end of the record, %(moment)s, nobody was waiting for an answer.", moment=moment)
    if speech.is_process:
        return speech.say("At the end of the record, %(moment)s, every case was finished.", moment=moment)
    return speech.say("At the end of the record, %(moment)s, no request was open.", moment=moment)


def _lead(now: Waiting, moment: str, speech: Speech) -> str:
    if now.basis == "reply":
        return speech.count(
            "When the record ends (%(moment)s), %(n)s customer is waiting for an answer.",
            "When the record ends (%(moment)s), %(n)s customers are waiting for an answer.", now.n, moment=moment,
        )  # fmt: skip
    if speech.is_process:
        return speech.count(
            "When the record ends (%(moment)s), %(n)s case is not finished.",
            "When the record ends (%(moment)s), %(n)s cases are not finished.",
            now.n,
            moment=moment,
        )
    return speech.count(
        "When the record ends (%(moment)s), %(n)s request is open.",
        "When the record ends (%(moment)s), %(n)s requests are open.",
        now.n,
        moment=moment,
    )


def _oldest(now: Waiting, speech: Speech) -> list[str]:
    if not now.longest:
        return []
    first = now.longest[0]
    time = speech.format.duration(first.waited_s)
    if first.usual_share is None or first.usual_share < 0.5:
        return [speech.say("The longest has lasted %(time)s already.", time=time)]
    share = speech.format.share(first.usual_share)
    return [
        speech.say(
            "The longest has lasted %(time)s already; usually %(share)s are over by then.", time=time, share=share
        )
    ]


def _ages_title(now: Waiting, speech: Speech) -> str:
    start, end, n = max(now.ages, key=lambda age: age[2])
    if 2 * n <= now.n or now.n < MINIMUM_N["median"]:
        return speech.say("How long they have been waiting so far")
    if end is None:
        return speech.say("Most have lasted more than %(time)s", time=speech.format.duration(start))
    if start <= 0:
        return speech.say("Most came only lately: within %(time)s", time=speech.format.duration(end))
    return speech.say(
        "Most have lasted between %(low)s and %(high)s", low=speech.format.tick(start), high=speech.format.tick(end)
    )


def _longest(now: Waiting, speech: Speech) -> Grid:
    rows = now.longest[:_MOST]
    shown = _Shown(
        held=any(row.assignee or row.team for row in rows),
        channel=any(row.channel for row in rows),
        business=any(row.waited_business_s is not None for row in rows),
        usual=any(_is_unusual(row) for row in rows),
        waits=now.basis == "reply",
    )
    columns = [speech.say("Which")]
    columns += [speech.say("With whom")] if shown.held else [speech.say("Channel")] if shown.channel else []
    columns.append(speech.say("So far"))
    columns += [speech.say("In working hours")] if shown.business else []
    columns += [speech.say("Longer than")] if shown.usual else []
    caption = speech.say("Waiting longest") if shown.waits else speech.say("Open longest")
    return Grid(caption, columns, [_row(row, shown, speech) for row in rows])


class _Shown(NamedTuple):
    """What the record knows of those who wait: which columns there are, and whether they wait for an answer."""

    held: bool
    channel: bool
    business: bool
    usual: bool
    waits: bool


def _is_unusual(row: WaitingRequest) -> bool:
    return row.usual_share is not None and row.usual_share >= 0.5


def _row(row: WaitingRequest, shown: _Shown, speech: Speech) -> list[Cell]:
    since = speech.format.moment(row.since, speech.zone)
    cells = [Cell(clipped(row.request), clipped(row.subject or "")), *_where(row, shown, speech)]
    cells.append(Cell(speech.format.duration(row.waited_s), speech.say("since %(moment)s", moment=since), numeric=True))
    if shown.business:
        worked = "–" if row.waited_business_s is None else speech.format.working(row.waited_business_s)
        cells.append(Cell(worked, numeric=True))
    if shown.usual:
        cells.append(Cell(_usual(row, shown, speech), numeric=True))
    return cells


def _where(row: WaitingRequest, shown: _Shown, speech: Speech) -> list[Cell]:
    """Who has it, then the way it came; a record that never says who has what is not taken to say 'nobody'."""
    held, channel = [clipped(part) for part in (row.assignee, row.team) if part], clipped(row.channel or "")
    if shown.held:
        return [Cell(held[0] if held else speech.say("nobody"), " · ".join(filter(None, (*held[1:], channel))))]
    return [Cell(channel or "–")] if shown.channel else []


def _usual(row: WaitingRequest, shown: _Shown, speech: Speech) -> str:
    if row.usual_share is None or not _is_unusual(row):
        return "–"
    share = speech.format.share(row.usual_share)
    if shown.waits:
        return speech.say("%(share)s of waits", share=share)
    if speech.is_process:
        return speech.say("%(share)s of cases", share=share)
    return speech.say("%(share)s of requests", share=share)
