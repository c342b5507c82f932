"""Oracle = plain = compiled, row by row, on ten thousand logs drawn by chance."""

import random

import pytest

from otklik.measures import measure_log
from tests.measures.oracle import facts_and_waits
from tests.measures.random_logs import random_book, random_log

LOGS_AT_ONCE = 100


def check_same(log, book, engine, facts, waits):
    measured = measure_log(log, book, engine=engine)
    check_rows(measured.facts.to_pylist(), facts)
    check_rows(measured.waits.to_pylist(), waits)


def check_rows(ours, expected):
    assert len(ours) == len(expected)
    for row, wanted in zip(ours, expected, strict=True):
        wrong = {name: (row[name], wanted[name]) for name in row if row[name] != wanted[name]}
        assert not wrong, f"{row['source']} {row['request']}: (ours, oracle) = {wrong}"


@pytest.mark.parametrize("seed", range(3))
def test_plain_measures_are_those_of_the_oracle(seed):
    rng = random.Random(seed)
    log, book = random_log(rng, LOGS_AT_ONCE), random_book(rng)
    check_same(log, book, "plain", *facts_and_waits(log, book))


@pytest.mark.slow
@pytest.mark.parametrize("thousand", range(10))
def test_ten_thousand_logs_measure_the_same_at_both_speeds_and_by_the_oracle(thousand):
    for hundred in range(10):
        rng = random.Random(1000 + 10 * thousand + hundred)
        log, book = random_log(rng, LOGS_AT_ONCE), random_book(rng)
        facts, waits = facts_and_waits(log, book)
        check_same(log, book, "plain", facts, waits)
        check_same(log, book, "compiled", facts, waits)
