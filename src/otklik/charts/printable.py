"""Text as it may be shown: records hold whatever people and machines wrote."""

import unicodedata
from typing import Any

_UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff\ufffe\uffff")
"""Marks that turn the direction of what follows, and those that XML forbids."""


def printable(text: str) -> str:
    """Take out control characters, halves of surrogate pairs and marks that turn text around; line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _UNSEEN))


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
