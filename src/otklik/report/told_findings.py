"""What the coach found, in words: shares as percentages, seconds as lengths of time, the words at fault underlined."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from otklik.base.text import Words
from otklik.charts.formats import Formats
from otklik.schemas.coach_words import REMARKS
from otklik.schemas.goals import Cycle, Finding

_VALUES: Final = frozenset(("value", "low", "high", "target", "start", "distance", "visible", "typed"))
_SHARES: Final = frozenset(("confidence", "probability"))
_WIDTH: Final = 100
_BEFORE: Final = 30
_ASTRONOMIC: Final = 1e12
_GAP: Final = "…"


def remark_of(key: str, facts: Mapping[str, Any], words: Words) -> str:
    """Say one remark of the coach in the reader's language.

    >>> remark_of("o5.short", {"n": 2, "least": 4, "most": 18}, Words("en"))
    '2 words; at least 4 are needed to say something.'
    """
    formats, unit = Formats(words), str(facts.get("unit", ""))
    told = {name: _told(name, value, unit, formats) for name, value in facts.items()}
    return words.say(REMARKS[key], **told)


def place_of(place: str, words: Words) -> str:
    """Say where a finding stands: "objective 2, key result 1, why"."""
    names = {"objective": words.say("Objective"), "kr": words.say("Key result"), "cycle": words.say("Cycle")}
    parts = []
    for part in place.split("/"):
        name, _, number = part.partition(":")
        parts.append(f"{names.get(name, words.say('Why it matters') if name == 'why' else name)} {number}".strip())
    return ", ".join(parts)


def text_at(cycle: Cycle, place: str) -> str:
    """The text that a finding is about; '' for a whole cycle."""
    head, *rest = place.split("/")
    if not head.startswith("objective:"):
        return ""
    objective = cycle.objectives[_number(head)]
    if rest and rest[0].startswith("kr:"):
        return objective.key_results[_number(rest[0])].title
    return objective.why if rest == ["why"] else objective.title


def underlined(finding: Finding, text: str) -> Iterator[str]:
    """The text on one line, and a line that marks what is at fault; long texts are shown around it."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    if finding.span is None:
        yield _shortened(plain)
        return
    start, end = finding.span
    if len(plain) > _WIDTH:
        cut = max(0, min(start - _BEFORE, len(plain) - _WIDTH))
        lead = _GAP if cut else ""
        tail = _GAP if cut + _WIDTH < len(plain) else ""
        shift = len(lead) - cut
        plain = lead + plain[cut : cut + _WIDTH] + tail
        start, end = start + shift, min(end + shift, len(lead) + _WIDTH)
    yield plain
    yield " " * start + "^" * max(1, end - start)


def _shortened(text: str) -> str:
    return text if len(text) <= _WIDTH else text[:_WIDTH] + _GAP


def _number(part: str) -> int:
    return int(part.partition(":")[2]) - 1


def _told(name: str, value: Any, unit: str, formats: Formats) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if not math.isfinite(value):
        return "∞" if value > 0 else "?"
    if abs(value) >= _ASTRONOMIC:
        return f"{value:g}"
    if name in _SHARES:
        return formats.share(value)
    if name in _VALUES and unit == "share":
        return formats.share(value)
    if name in _VALUES and unit == "s":
        return formats.duration(value)
    text = formats.number(value, 2)
    return f"{text} {unit}" if name in _VALUES and unit else text
