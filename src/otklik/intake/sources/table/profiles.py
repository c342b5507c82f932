"""What the values of a column look like, before anybody believes its heading."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.coded import is_text, texts
from otklik.intake.sources.table.grid import Grid, clean
from otklik.intake.sources.table.moments import share_of_moments
from otklik.intake.sources.table.vocabulary import state_of, words

SAMPLE_ROWS: Final = 2_000
_ID: Final = re.compile(r"[^\W\d_]{0,12}[-_#/№ ]?\d[\w./-]{0,30}|[0-9a-fA-F-]{32,36}")
_CODE: Final = re.compile(r"[^\W\d_]{1,12}[-_#/№ ]?\d[\w./-]{0,30}")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MOST: Final = 0.6
_FEW_WORDS: Final = 300
_FEW_ROWS: Final = 30
_VARIED: Final = 0.3


@dataclass(frozen=True)
class Profile:
    """One column: how full, how varied, and what its values could be (shares 0..1 of the filled cells)."""

    name: str
    words: str
    filled: int
    distinct: int
    moments: float
    numbered_moments: float
    ids: float
    codes: float
    mails: float
    states: float
    longest: int

    @property
    def is_date(self) -> bool:
        """Most values are dates written as dates."""
        return self.moments >= _MOST

    @property
    def may_be_date(self) -> bool:
        """Most values are dates, unix times or Excel day numbers: believed where the heading says so."""
        return self.numbered_moments >= _MOST

    def suits(self, needs: str) -> bool:
        """Say whether the values can be what a role needs."""
        if not self.filled:
            return needs == "date"
        if needs == "date":
            return self.may_be_date
        if self.is_date:
            return False
        if needs == "title":
            return self.filled < _FEW_ROWS or self.distinct > _VARIED * self.filled
        return needs != "words" or (self.distinct <= _FEW_WORDS and self.longest <= 120)


def profile(grid: Grid, name: str) -> Profile:
    """Look at a sample of one column."""
    sample = _sample(grid.columns[name])
    typed = not is_text(sample.type)
    filled = pc.drop_null(sample if typed else clean(texts(sample)))
    if typed or not len(filled):
        share = 1.0 if typed else 0.0
        return Profile(name, words(name), len(filled), len(pc.unique(filled)), share, share, 0, 0, 0, 0, 0)
    values = pc.unique(filled).to_pylist()
    return Profile(
        name,
        words(name),
        len(filled),
        len(values),
        share_of_moments(filled),
        share_of_moments(filled, numbers=True),
        _share(values, lambda value: bool(_ID.fullmatch(value))),
        _share(values, lambda value: bool(_CODE.fullmatch(value))),
        _share(values, lambda value: bool(_MAIL.fullmatch(value))),
        _share(values[:_FEW_WORDS], lambda value: state_of(value) is not None),
        max(len(value) for value in values),
    )


def _sample(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The first rows, and rows from all over."""
    if len(column) <= SAMPLE_ROWS:
        return column
    rows = np.linspace(0, len(column) - 1, SAMPLE_ROWS // 2).astype(int)
    return column.take(pa.array(np.unique(np.append(np.arange(SAMPLE_ROWS // 2), rows))))


def _share(values: list[str], holds: Callable[[str], bool]) -> float:
    return sum(holds(value) for value in values) / len(values) if values else 0.0
