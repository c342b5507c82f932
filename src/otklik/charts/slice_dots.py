"""Who waits longer: each value of a column as a dot with its interval, against everybody else."""

from otklik.charts.canvas import Canvas, shortened, text_width
from otklik.charts.drawing import Spec
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.scales import log_ticks, rung_above, rung_below
from otklik.charts.speech import Speech
from otklik.schemas.results import Slice, SliceRow

_TOKENS = {"slower": "us", "faster": "customer", "no_difference": "muted", "too_few": "idle"}


def slice_dots(cut: Slice, speech: Speech, title: str) -> Picture:
    """Draw one row a value: median with 95 % interval on a time axis, the difference in words beside it."""
    alt = speech.say(
        "One dot a row for the median wait with its interval. %(rows)s.",
        rows="; ".join(f"{row.value}: {_median(row, cut, speech)}" for row in cut.rows),
    )
    return Picture(_spec(cut, speech, WIDE), title, alt, _spec(cut, speech, NARROW), _table(cut, speech))


def difference(row: SliceRow, cut: Slice, speech: Speech) -> str:
    """The difference from all the others, in words."""
    if row.verdict == "too_few":
        return speech.say("too few to say")
    if row.verdict == "no_difference":
        return speech.say("no clear difference")
    if row.difference_s is None:
        return speech.say("clearly slower") if row.verdict == "slower" else speech.say("clearly faster")
    time = speech.brief(abs(row.difference_s), cut.clock)
    return speech.say("+ %(time)s", time=time) if row.verdict == "slower" else speech.say("− %(time)s", time=time)


def _median(row: SliceRow, cut: Slice, speech: Speech) -> str:
    if row.median_s is not None:
        return speech.brief(row.median_s, cut.clock)
    return speech.say("not yet") if row.enough else speech.say("too few to say")


def _table(cut: Slice, speech: Speech) -> DataTable:
    columns = [
        speech.slice(cut.by), speech.say("How many"), speech.say("Half wait less than"), speech.say("95% sure"),
        speech.say("1 in 10 waits longer than"), speech.say("Against all others"), speech.say("95% sure"),
    ]  # fmt: skip
    rows = []
    for row in cut.rows:
        enough = row.enough
        p90 = "–" if row.p90_s is None or not enough else speech.brief(row.p90_s, cut.clock)
        rows.append([
            row.value, speech.format.number(row.n), _median(row, cut, speech) if enough else "–",
            speech.between(row.median_low_s, row.median_high_s, cut.clock) if enough else "–", p90,
            difference(row, cut, speech), _signed(row, cut, speech),
        ])  # fmt: skip
    return DataTable(columns, rows)


def _signed(row: SliceRow, cut: Slice, speech: Speech) -> str:
    ends = (row.difference_low_s, row.difference_high_s)
    if not row.enough or ends[0] is None or ends[1] is None:
        return "–"
    return " … ".join(
        ("−" if end < 0 else "+") + " " + speech.brief(abs(end), cut.clock) for end in ends if end is not None
    )


def _spec(cut: Slice, speech: Speech, width: int) -> Spec:
    wide = width >= WIDE
    canvas = Canvas(width)
    notes = [difference(row, cut, speech) for row in cut.rows]
    label_w = min(230.0, max((text_width(row.value, 13) for row in cut.rows), default=0) + 16) if wide else 0.0
    note_w = max((text_width(note, 13) for note in notes), default=0) + 16 if wide else 0.0
    left, right = label_w + 8, width - note_w - 8 if wide else width - 8.0
    pitch, top = (34.0, 6.0) if wide else (52.0, 2.0)
    place = _Axis(cut, left, right)
    bottom = top + pitch * len(cut.rows)
    for tick in log_ticks(place.low, place.high, max(3, int((right - left) // 74))):
        x = place(tick)
        canvas.line([(x, top), (x, bottom)], "grid")
        canvas.text(x, bottom + 14, speech.format.tick(tick), ink="ink-3", align=_toward(x, width))
    for i, (row, note) in enumerate(zip(cut.rows, notes, strict=True)):
        y = top + pitch * (i + (0.5 if wide else 0.7))
        _row(canvas, place, row, y, speech)
        _words(canvas, row, note, y, (label_w, width), wide=wide)
    return canvas.spec()


def _toward(x: float, width: float) -> str:
    return "right" if x > width - 24 else "left" if x < 24 else "center"


class _Axis:
    """A logarithmic place for seconds between two pixels."""

    def __init__(self, cut: Slice, left: float, right: float) -> None:
        known = [
            v
            for row in cut.rows
            if row.enough
            for v in (row.median_s, row.median_low_s, row.median_high_s, row.p90_s)
            if v
        ]
        self.low = rung_below(max(1.0, min(known, default=60.0)))
        self.high = max(rung_above(max(known, default=3600.0)), self.low * 4)
        self.left, self.right = left, right

    def __call__(self, seconds: float) -> float:
        from math import log

        inside = min(max(seconds, self.low), self.high)
        return self.left + (self.right - self.left) * log(inside / self.low) / log(self.high / self.low)


def _row(canvas: Canvas, place: _Axis, row: SliceRow, y: float, speech: Speech) -> None:
    if not row.enough or row.median_s is None:
        return
    token = _TOKENS[row.verdict]
    if row.p90_s is not None:
        canvas.line([(place(row.median_s), y), (place(row.p90_s), y)], token, width=1, opacity=0.55)
        canvas.line([(place(row.p90_s), y - 5), (place(row.p90_s), y + 5)], token, width=1.5, opacity=0.7)
    low, high = row.median_low_s or row.median_s, row.median_high_s or row.median_s
    canvas.line([(place(low), y), (place(high), y)], token, width=7, opacity=0.4)
    canvas.dot(place(row.median_s), y, 110, token, stroke="card")


def _words(canvas: Canvas, row: SliceRow, note: str, y: float, room: tuple[float, float], *, wide: bool) -> None:
    label_w, width = room
    strong = row.verdict in ("slower", "faster")
    token = {"slower": "us", "faster": "customer"}.get(row.verdict, "ink-3")
    if wide:
        canvas.text(label_w - 8, y, shortened(row.value, label_w - 10, 13), size=13, ink="ink", align="right")
        canvas.text(width, y, note, size=13, ink=token, align="right", bold=strong)
        return
    note_w = text_width(note, 12, bold=strong)
    canvas.text(0, y - 20, shortened(row.value, width - note_w - 14, 13), size=13, ink="ink")
    canvas.text(width, y - 20, note, ink=token, align="right", bold=strong)
