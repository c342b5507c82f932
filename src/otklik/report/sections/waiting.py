"""2. Who is waiting now, and for how long?"""

from otklik.charts import Speech, ages
from otklik.charts.printable import clipped
from otklik.report.blocks import Block, Cell, Figure, Grid, Section
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
    if 2 * n <= now.n:
        return speech.say("How long they have been waiting so far")
    if end is None:
        return speech.say("Most have lasted more than %(time)s", time=speech.format.duration(start))
    if start <= 0:
        return speech.say("Most came only lately: within %(time)s", time=speech.format.duration(end))
    return speech.say(
        "Most have lasted between %(low)s and %(high)s", low=speech.format.brief(start), high=speech.format.brief(end)
    )


def _longest(now: Waiting, speech: Speech) -> Grid:
    rows = now.longest[:_MOST]
    business = any(row.waited_business_s is not None for row in rows)
    columns = [speech.say("Which"), speech.say("With whom"), speech.say("So far")]
    columns += [speech.say("In working hours")] if business else []
    columns.append(speech.say("Longer than usual"))
    return Grid(speech.say("Waiting longest"), columns, [_row(row, speech, business=business) for row in rows])


def _row(row: WaitingRequest, speech: Speech, *, business: bool) -> list[Cell]:
    since = speech.format.moment(row.since, speech.zone)
    held = [clipped(part) for part in (row.assignee, row.team, row.channel) if part]
    cells = [
        Cell(clipped(row.request), clipped(row.subject or "")),
        Cell(held[0] if held else speech.say("nobody"), " · ".join(held[1:])),
        Cell(speech.format.duration(row.waited_s), speech.say("since %(moment)s", moment=since), numeric=True),
    ]
    if business:
        worked = "–" if row.waited_business_s is None else speech.format.working(row.waited_business_s)
        cells.append(Cell(worked, numeric=True))
    usual = (
        "–"
        if row.usual_share is None or row.usual_share < 0.5
        else speech.say("than %(share)s", share=speech.format.share(row.usual_share))
    )
    return [*cells, Cell(usual, numeric=True)]
