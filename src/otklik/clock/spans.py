"""Stretches of open time: union and difference on sorted arrays, so that no caller needs an if."""

from datetime import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.base.units import from_us

Instants = npt.NDArray[np.int64]


class Span(NamedTuple):
    """Open from `start_us` until just before `end_us`: the start belongs to it, the end does not. May be empty."""

    start_us: int
    end_us: int

    def __and__(self, other: "Span") -> "Span":
        """Return what both have in common; empty where they do not meet."""
        start = max(self.start_us, other.start_us)
        return Span(start, max(start, min(self.end_us, other.end_us)))

    @property
    def length_us(self) -> int:
        """How long it is."""
        return self.end_us - self.start_us

    @property
    def start(self) -> datetime:
        """The opening as an instant."""
        return from_us(self.start_us)

    @property
    def end(self) -> datetime:
        """The closing as an instant."""
        return from_us(self.end_us)


class Spans(NamedTuple):
    """Many spans: two arrays of equal length. From `open_spans` they come sorted, apart and never empty."""

    opens: Instants
    closes: Instants

    @classmethod
    def none(cls) -> "Spans":
        """No open time at all."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64))

    @classmethod
    def joined(cls, parts: "list[Spans]") -> "Spans":
        """Put lists of spans behind each other."""
        if not parts:
            return cls.none()
        return cls(np.concatenate([p.opens for p in parts]), np.concatenate([p.closes for p in parts]))


def open_spans(slots: Spans, cuts: Spans) -> Spans:
    """Return the time inside any slot and outside every cut; slots that touch become one span.

    >>> open_spans(Spans(np.array([9, 13]), np.array([13, 18])), Spans(np.array([12]), np.array([14])))
    Spans(opens=array([ 9, 14]), closes=array([12, 18]))
    """
    times = np.concatenate([slots.opens, slots.closes, cuts.opens, cuts.closes])
    if not len(slots.opens):
        return Spans.none()
    n, m = len(slots.opens), len(cuts.opens)
    in_slots = np.repeat(np.array([1, -1, 0, 0], np.int64), [n, n, m, m])
    in_cuts = np.repeat(np.array([0, 0, 1, -1], np.int64), [n, n, m, m])
    order = np.argsort(times, kind="stable")
    times = times[order]
    last_of_instant = np.append(times[1:] != times[:-1], True)
    is_open = (np.cumsum(in_slots[order]) > 0) & (np.cumsum(in_cuts[order]) == 0)
    times, is_open = times[last_of_instant], is_open[last_of_instant]
    changes = np.append(is_open[:1], is_open[1:] != is_open[:-1])
    edges = times[changes]
    return Spans(edges[0::2], edges[1::2])
