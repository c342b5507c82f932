"""Text as it may be shown: records hold whatever people and machines wrote."""

import re
from typing import Any

_CONTROL, _HALVES = r"\x00-\x08\x0b-\x1f\x7f-\x9f", r"\ud800-\udfff"
_UNSEEN = r"\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff\ufffe\uffff"
"""Marks that turn the direction of what follows, and those that XML forbids."""
_UNPRINTABLE = re.compile(f"[{_CONTROL}{_HALVES}{_UNSEEN}]")


def printable(text: str) -> str:
    """Take out control characters, halves of surrogate pairs and marks that turn text around; line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return _UNPRINTABLE.sub("", text)


def clipped(text: str, most: int = 90) -> str:
    """Write a text of the log on one line, cut to a length that a reader takes in."""
    line = " ".join(printable(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def printable_spec(spec: Any) -> Any:
    """Clean every text of a Vega-Lite spec: one control character would stop its drawing for good."""
    if isinstance(spec, str):
        return printable(spec)
    if isinstance(spec, dict):
        return {name: printable_spec(value) for name, value in spec.items()}
    if isinstance(spec, list):
        return [printable_spec(value) for value in spec]
    return spec
