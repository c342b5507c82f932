"""From elements to cases and their events, still in columns: one row an event, one row a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from otklik.base.text import N_
from otklik.intake.sources.xes.blocks import Block
from otklik.intake.sources.xes.elements import ATTRIBUTES, Elements, Ints, read_elements

KEYS_KEPT: Final = 100
"""Different attributes kept with a case; a log with more of them is a table in disguise."""
VALUE_CHARACTERS: Final = 2_000
_LOG, _TRACE, _EVENT, _INNER = 1, 2, 3, 4


@dataclass(frozen=True)
class Cases:
    """The cases of one block: `of_event[i]` is the case in which event i stands.

    A cell holds a place in `value`, -1 where the attribute is missing: `event_cells[key]` has one for each event,
    `case_cells[key]` one for each case.
    """

    n_cases: int
    of_event: Ints
    event_cells: Mapping[str, Ints]
    case_cells: Mapping[str, Ints]
    value: pa.Array
    left_out: frozenset[str]

    def event_column(self, key: str) -> pa.Array:
        """One value an event, null where it has none."""
        return self._column(self.event_cells.get(key), len(self.of_event))

    def case_column(self, key: str) -> pa.Array:
        """One value a case, null where it has none."""
        return self._column(self.case_cells.get(key), self.n_cases)

    def last_of_case(self, key: str) -> pa.Array:
        """What the last event of each case that carries the attribute says."""
        return self._column(self.last_cells(key), self.n_cases)

    def last_cells(self, key: str) -> Ints:
        """The same as places in `value`."""
        cells, last = self.event_cells.get(key), np.full(self.n_cases, -1)
        if cells is not None:
            told = np.flatnonzero(cells >= 0)
            last[self.of_event[told]] = cells[told]
        return last

    def _column(self, cells: Ints | None, n: int) -> pa.Array:
        if cells is None:
            return pa.nulls(n, pa.string())
        return self.value.take(pa.array(cells, mask=cells < 0))


class CaseReader:
    """Takes the blocks of one file in order and checks that together they are one log."""

    def __init__(self) -> None:
        self._depth = 0
        self._roots = 0
        self._keys: dict[str, None] = {}

    def read(self, block: Block) -> Cases:
        """Read the cases of the next block; raises BrokenXes."""
        elements = read_elements(block, self._depth)
        moves = elements.move[elements.piece]
        self._depth += int(moves.sum())
        self._check_root(elements, moves, block)
        return self._cases(elements)

    def finish(self, last: Block) -> None:
        """See that the log was closed."""
        if self._roots != 1 or self._depth != 0:
            reason = N_("the file ends in the middle") if self._roots else N_("there is no log in it")
            raise last.broken(len(last.text), reason)

    def _check_root(self, elements: Elements, moves: Ints, block: Block) -> None:
        roots = np.flatnonzero(elements.depth == _LOG)
        named = elements.name[elements.piece[roots]]
        strange = [row for row, name in zip(roots, named, strict=True) if elements.names[name] != "log"]
        self._roots += int((moves[roots] >= 0).sum())
        if strange or self._roots > 1:
            at = elements.offset[strange[0] if strange else roots[-1]]
            raise block.broken(int(at), N_("the outermost element is not one log"))

    def _cases(self, elements: Elements) -> Cases:
        piece, depth = elements.piece, elements.depth
        begins = elements.move[piece] >= 0
        name, key = elements.name[piece], elements.key[piece]
        is_trace = begins & (depth == _TRACE) & (name == _place(elements.names, "trace"))
        trace = np.cumsum(is_trace) - 1
        in_trace = _inside(begins & (depth == _TRACE), is_trace)
        is_event = begins & in_trace & (depth == _EVENT) & (name == _place(elements.names, "event"))
        event = np.cumsum(is_event) - 1
        in_event = _inside(begins & (depth == _EVENT), is_event)
        told = begins & in_trace & (key >= 0) & np.isin(name, [_place(elements.names, tag) for tag in ATTRIBUTES])
        of_case = np.flatnonzero(told & (depth == _EVENT))
        of_event = np.flatnonzero(told & (depth == _INNER) & in_event)
        used = np.bincount(key[of_event], minlength=1), np.bincount(key[of_case], minlength=1)
        self._keys |= dict.fromkeys(elements.keys[place] for counts in used for place in np.flatnonzero(counts))
        return Cases(
            int(is_trace.sum()),
            trace[is_event],
            self._cells(elements, of_event, event, int(is_event.sum())),
            self._cells(elements, of_case, trace, int(is_trace.sum())),
            elements.value,
            frozenset(list(self._keys)[KEYS_KEPT:]),
        )

    def _cells(self, elements: Elements, rows: Ints, owner: Ints, n: int) -> dict[str, Ints]:
        """One column of places in the values for each key; the last of equal keys counts."""
        key_type = np.int16 if len(elements.keys) < 2**15 else np.int32  # short keys sort by radix
        rows = rows[np.argsort(elements.key[elements.piece[rows]].astype(key_type), kind="stable")]
        pieces = elements.piece[rows]
        keys = elements.key[pieces]
        edges = [0, *(np.flatnonzero(np.diff(keys)) + 1), len(keys)] if len(keys) else []
        kept = set(list(self._keys)[:KEYS_KEPT])
        cells = {}
        for start, end in pairwise(edges):
            key = elements.keys[keys[start]]
            if key in kept:
                column = np.full(n, -1)
                column[owner[rows[start:end]]] = pieces[start:end]
                cells[key] = column
        return cells


def _place(words: list[str], word: str) -> int:
    return words.index(word) if word in words else -2


def _inside(siblings: npt.NDArray[np.bool_], wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Whether the last sibling that began, seen from each piece, is a wanted one."""
    last = np.maximum.accumulate(np.where(siblings, np.arange(len(siblings)), -1))
    return np.asarray((last >= 0) & wanted[last])
