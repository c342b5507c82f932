"""9. What could not be measured, and why."""

from otklik.charts import Speech
from otklik.charts.names import spoken
from otklik.charts.printable import clipped
from otklik.report.blocks import Block, Card, Cards, Cell, Grid, Listing, Notice, Section
from otklik.report.understanding import understood
from otklik.schemas.reasons import REASONS
from otklik.schemas.results import LittlesLaw, RecordQuality, Report

_STATES = ("done", "running", "never", "not_applicable", "not_available")


def quality(report: Report, speech: Speech) -> Section:
    """Account for every record read, and say what the record hides."""
    result = report.quality
    blocks: list[Block] = [Cards(_account(result, speech))]
    if result.quarantine:
        blocks.append(_quarantine(result, speech))
    if any(states.keys() - {"not_available"} for states in result.states.values()):
        blocks.append(_states(result, speech))
    if result.missing:
        names = ", ".join(speech.inline(code) for code in result.missing)
        blocks.append(Notice(speech.say("This record cannot tell: %(measures)s.", measures=names)))
    if result.littles_law is not None:
        blocks.append(_check(result.littles_law, speech))
    if result.signs:
        blocks.append(_signs(result, speech))
    if result.guesses:
        blocks.append(_guesses(result, speech))
    return Section("quality", speech.say("What could not be measured, and why"), _lead(result, speech), blocks)


def _lead(result: RecordQuality, speech: Speech) -> list[str]:
    count = result.count
    sentences: list[str] = [speech.count("%(n)s record was read.", "%(n)s records were read.", count.read)]
    if count.quarantined:
        sentences.append(speech.count(
            "%(n)s could not be used and was set aside.", "%(n)s could not be used and were set aside.",
            count.quarantined,
        ))  # fmt: skip
    else:
        sentences.append(speech.say("None had to be set aside."))
    if count.duplicate:
        sentences.append(speech.count(
            "%(n)s was there twice and counts once.", "%(n)s were there twice and count once.", count.duplicate
        ))  # fmt: skip
    return sentences


def _account(result: RecordQuality, speech: Speech) -> list[Card]:
    number, count = speech.format.number, result.count
    return [
        Card(number(count.read), speech.say("read")),
        Card(number(count.kept), speech.say("taken in")),
        Card(number(count.quarantined), speech.say("set aside"), tone="bad" if count.quarantined else "plain"),
        Card(number(count.duplicate), speech.say("there twice")),
    ]


def _quarantine(result: RecordQuality, speech: Speech) -> Grid:
    by_n = sorted(result.quarantine.items(), key=lambda entry: -entry[1])
    rows = [[Cell(reason_text(code, speech)), Cell(speech.format.number(n), numeric=True)] for code, n in by_n]
    return Grid(
        speech.say("Quarantine: what was set aside, and why"), [speech.say("Reason"), speech.say("Records")], rows
    )


def reason_text(code: str, speech: Speech) -> str:
    """Why a row was set aside; codes of sources we do not know are shown as they are."""
    return speech.say(REASONS[code]) if code in REASONS else spoken(code)


def _states(result: RecordQuality, speech: Speech) -> Grid:
    columns = [speech.say("Measure"), *(speech.state(state) for state in _STATES)]
    rows = [
        [Cell(speech.measure(code)), *(_number(states.get(state, 0), speech) for state in _STATES)]
        for code, states in result.states.items()
        if states.keys() - {"not_available"}
    ]
    title = speech.say("What became of every request, measure by measure")
    if speech.is_process:
        title = speech.say("What became of every case, measure by measure")
    return Grid(title, columns, rows, folded=True)


def _number(n: int, speech: Speech) -> Cell:
    return Cell(speech.format.number(n) if n else "–", numeric=True)


def _check(law: LittlesLaw, speech: Speech) -> Notice:
    facts = {
        "open": speech.format.mean(law.open_mean), "arrivals": speech.format.mean(law.arrivals_per_day),
        "life": speech.format.duration(law.life_mean_s), "gap": speech.format.share(max(law.gap, 0.01)),
    }  # fmt: skip
    if law.suspicious:
        return Notice(speech.say(
            "The record does not add up: with %(arrivals)s new ones a day that live %(life)s each, the number open "
            "should not be %(open)s (a gap of %(gap)s). Endings may be missing.", **facts,
        ), "bad")  # fmt: skip
    return Notice(speech.say(
        "The record adds up: %(arrivals)s new ones a day, %(life)s each, make the %(open)s that are open on average "
        "(to within %(gap)s).", **facts,
    ), "good")  # fmt: skip


def _signs(result: RecordQuality, speech: Speech) -> Grid:
    from otklik.findings.signs import SIGNS

    told = {rule.code: (rule.title, rule.meaning) for rule in SIGNS}
    columns = [speech.say("Sign"), speech.say("How often"), speech.say("For instance")]
    rows = []
    for sign in result.signs:
        title, meaning = told.get(sign.code, (spoken(sign.code), ""))
        share = speech.say("%(n)s of %(all)s", n=speech.format.number(sign.n), all=speech.format.number(sign.of))
        often = share.replace(" ", "\u00a0")
        examples = ", ".join(clipped(example, 40) for example in sign.examples[:5])
        rows.append([Cell(speech.say(title), speech.say(meaning)), Cell(often, numeric=True), Cell(examples)])
    return Grid(speech.say("Signs that a number may flatter"), columns, rows)


def _guesses(result: RecordQuality, speech: Speech) -> Listing:
    said = [understood(guess, speech.words) for guess in result.guesses]
    items = [(clipped(what), clipped(reason, 160)) for what, reason in said]
    return Listing(items, speech.say("What was worked out rather than told"))
