from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from otklik.clock.spans import Span, Spans, open_spans


def spans(*pairs):
    return Spans(np.array([a for a, _ in pairs], np.int64), np.array([b for _, b in pairs], np.int64))


def pairs_of(result):
    return list(zip(result.opens.tolist(), result.closes.tolist(), strict=True))


def test_what_two_spans_have_in_common():
    assert Span(1, 5) & Span(3, 9) == Span(3, 5)
    assert (Span(1, 2) & Span(5, 9)).length_us == 0


def test_a_span_knows_its_instants():
    span = Span(0, 1_000_000)
    assert (span.start, span.end) == (datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))


def test_slots_that_touch_or_overlap_become_one():
    assert pairs_of(open_spans(spans((9, 13), (13, 18), (17, 20)), Spans.none())) == [(9, 20)]


def test_a_cut_takes_out_its_part_only():
    assert pairs_of(open_spans(spans((9, 18)), spans((12, 13), (17, 19)))) == [(9, 12), (13, 17)]


def test_a_cut_over_everything_leaves_nothing():
    assert pairs_of(open_spans(spans((9, 18)), spans((0, 24)))) == []
    assert pairs_of(open_spans(Spans.none(), spans((0, 24)))) == []


lists = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1])), max_size=6)


@given(lists, lists)
def test_every_moment_is_open_when_in_a_slot_and_in_no_cut(slots, cuts):
    result = pairs_of(open_spans(spans(*slots), spans(*cuts)))
    for moment in range(45):
        wanted = any(a <= moment < b for a, b in slots) and not any(a <= moment < b for a, b in cuts)
        assert wanted == any(a <= moment < b for a, b in result)
    assert all(a[1] < b[0] for a, b in pairwise(result))
