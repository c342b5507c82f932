"""The measures one asks for after the first ones: a table of its own, so that a page may count them when asked."""

from otklik.charts import Speech
from otklik.report.blocks import Block, Cell, Grid, Notice, Section
from otklik.report.quantiles import quantile_cell
from otklik.schemas.results import MeasureResult, Report, Speed

FIRST = ("first_reply", "acknowledgement", "waits", "resolution")
"""Those one asks for first; the measure of the headline stands with them."""


def first_measures(asked: str = "") -> frozenset[str]:
    """The measures that "how fast" shows before anybody asks for more; `asked`: one that a view asks for."""
    return frozenset({*FIRST, asked} - {""})


def more_measures(report: Report, speech: Speech) -> Section:
    """Every measure but the first ones."""
    title = speech.say("More measures")
    _, others = _told(report)
    if not others:
        return Section("more_measures", title, [speech.say("This record tells nothing beyond the first measures.")])
    lead = [speech.say("The figures lie, 95% sure, in the interval under each.")]
    return Section("more_measures", title, lead, [_grid(others, title, speech), *_empty(report, speech)])


def measures_blocks(report: Report, speech: Speech) -> list[Block]:
    """The measures one asks for first, and the others folded away."""
    first, others = _told(report)
    blocks: list[Block] = [_grid(first, speech.say("The measures, with the interval each lies in, 95% sure"), speech)]
    if others:
        blocks.append(_grid(others, speech.say("More measures"), speech, folded=True))
    return [*blocks, *_empty(report, speech)]


def _told(report: Report) -> tuple[list[MeasureResult], list[MeasureResult]]:
    """The first ones, and the others, of those that take time in this record."""
    timed = [result for result in report.measures.values() if result.elapsed or result.business]
    timed = [result for result in timed if not result.all_zero or result.measure == report.headline]
    first = [result for result in timed if result.measure in FIRST or result.measure == report.headline]
    return first, [result for result in timed if result not in first]


def _empty(report: Report, speech: Speech) -> list[Block]:
    """Say once which ones are always zero."""
    empty = [
        speech.inline(result.measure)
        for result in report.measures.values()
        if (result.elapsed or result.business) and result.all_zero
    ]
    if not empty:
        return []
    return [Notice(speech.say("Always zero in this record: %(measures)s.", measures=", ".join(empty)))]


def _grid(results: list[MeasureResult], caption: str, speech: Speech, *, folded: bool = False) -> Grid:
    business = any(result.business for result in results)
    columns = [
        speech.say("What is measured"),
        speech.say("Half take less than"),
        speech.say("1 in 10 takes longer than"),
    ]
    columns += [speech.say("Half, in working hours"), speech.say("1 in 10, in working hours")] if business else []
    columns.append(speech.say("Counted"))
    rows = []
    for result in results:
        speed = result.elapsed or result.business
        assert speed is not None
        row = [Cell(speech.measure(result.measure), speech.measure_note(result.measure))]
        row += [quantile_cell(result.elapsed, name, speech, "elapsed") for name in ("median", "p90")]
        row += [quantile_cell(result.business, name, speech, "business") for name in ("median", "p90") if business]
        rows.append([*row, Cell(speech.format.number(speed.n), _running_note(speed, speech), numeric=True)])
    return Grid(caption, columns, rows, folded)


def _running_note(speed: Speed, speech: Speech) -> str:
    notes = [speech.count("%(n)s running", "%(n)s running", speed.running)] if speed.running else []
    notes += [speech.count("%(n)s never", "%(n)s never", speed.never)] if speed.never else []
    return ", ".join(notes)
