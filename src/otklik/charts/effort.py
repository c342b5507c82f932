"""The customer's effort and the barriers: how many requests needed 0, 1, 2 ... of each."""

from otklik.charts.canvas import Canvas, text_width
from otklik.charts.drawing import Spec
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.speech import Speech
from otklik.schemas.results import Count

_BAR, _PITCH = 22.0, 56.0
_BINS = (0, 1, 2, 3, 5, 10)
"""Where the bins begin; the last one is open."""
_ON = {"idle": "ink", "speed-3": "on-pale", "speed-2": "on-strong", "speed-4": "on-pale", "speed-5": "on-mid",
       "speed-6": "on-strong"}  # fmt: skip
"""The colours of the bins, and of the words on them."""


def effort(counts: dict[str, Count], speech: Speech, title: str) -> Picture:
    """Draw a strip a count measure: the share of requests with none, one, two ... many."""
    shares = {code: _shares(count) for code, count in counts.items() if count.n}
    labels = [_label(i) for i in range(len(_BINS))]
    rows = [
        [speech.measure(code), *(str(speech.format.share(share)) for share in parts)] for code, parts in shares.items()
    ]
    alt = speech.say("Strips that show how many needed none, one, two or many of each.")
    table = DataTable([speech.say("What"), *labels], rows)
    return Picture(_spec(shares, labels, speech, WIDE), title, alt, _spec(shares, labels, speech, NARROW), table)


def _label(i: int) -> str:
    if i == len(_BINS) - 1:
        return f"{_BINS[i]}+"
    last = _BINS[i + 1] - 1
    return str(_BINS[i]) if last == _BINS[i] else f"{_BINS[i]}–{last}"


def _shares(count: Count) -> list[float]:
    sums = [0] * len(_BINS)
    for value, n in count.by_value.items():
        sums[max(i for i, start in enumerate(_BINS) if start <= max(0, value))] += n
    return [n / count.n for n in sums]


def _spec(shares: dict[str, list[float]], labels: list[str], speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    _legend(canvas, labels)
    for row, (code, parts) in enumerate(shares.items()):
        y = 34 + row * _PITCH
        canvas.text(0, y + 8, speech.measure(code), size=13, ink="ink")
        x = 0.0
        for token, share in zip(_ON, parts, strict=True):
            length = width * share
            if length < 0.75:
                continue
            canvas.rect(x, y + 20, max(0.75, length - 1.5), _BAR, token, radius=2)
            words = speech.format.share(share)
            if length > text_width(words, 11) + 12:
                canvas.text(x + 7, y + 20 + _BAR / 2, words, size=11, ink=_ON[token])
            x += length
    return canvas.spec()


def _legend(canvas: Canvas, labels: list[str]) -> None:
    x = 0.0
    for token, label in zip(_ON, labels, strict=True):
        canvas.rect(x, 4, 12, 12, token, radius=3)
        canvas.text(x + 18, 10, label)
        x += text_width(label) + 34
