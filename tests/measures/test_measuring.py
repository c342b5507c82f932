"""A whole log, or sorted batches of one that does not fit."""

import random
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from otklik.measures import measure_batches, measure_log
from otklik.measures.measuring import PLAIN_UP_TO, engine_for, horizons
from tests.measures.log_lines import read_lines
from tests.measures.random_logs import random_book, random_log


def test_batches_cut_anywhere_measure_the_same_as_the_whole():
    rng = random.Random(7)
    log, book = random_log(rng, 40), random_book(rng)
    whole = measure_log(log, book)
    batches = log.events.combine_chunks().to_batches(max_chunksize=11)
    parts = list(measure_batches(batches, log.sources, book, engine="plain"))
    assert len(parts) > 10
    assert pa.concat_tables(part.facts for part in parts).to_pylist() == whole.facts.to_pylist()
    assert pa.concat_tables(part.waits for part in parts).to_pylist() == whole.waits.to_pylist()


def test_unsorted_events_are_sorted_first():
    rng = random.Random(8)
    log, book = random_log(rng, 20), random_book(rng)
    order = list(range(log.events.num_rows))
    rng.shuffle(order)
    shuffled = type(log)(log.events.take(order), log.requests, log.sources, log.quarantine, log.count)
    assert measure_log(shuffled, book).facts.equals(measure_log(log, book).facts)


def test_the_horizon_is_as_of_or_the_sources_own():
    log = read_lines("2025-03-03 10:00 R1 opened\n2025-03-04 10:00 horizon")
    own, told = datetime(2025, 3, 4, 10, tzinfo=UTC), datetime(2025, 3, 5, tzinfo=UTC)
    assert horizons(log.sources, None) == {"desk": own}
    assert measure_log(log, None, as_of=told).horizon == {"desk": told}
    assert measure_log(log, None, as_of=told).facts["first_reply_s"].to_pylist() == [38 * 3600]


def test_few_events_run_plain():
    assert engine_for(PLAIN_UP_TO - 1) == "plain"
    assert engine_for(10**9) == "compiled"


def test_a_source_nobody_described_is_a_mistake_of_the_caller():
    log = read_lines("2025-03-03 10:00 R1 opened")
    with pytest.raises(KeyError):
        list(measure_batches(log.events.to_batches(), (), None, engine="plain"))
