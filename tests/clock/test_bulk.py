from datetime import UTC, datetime

import numpy as np
import pytest

from otklik.base.units import to_us
from otklik.clock import MISS, NO_CALENDAR, OutOfRange, compile_book, deadlines, elapsed, load_calendar_book, positions
from otklik.clock.compiled import position_us

START, END = (to_us(datetime(2024, month, 1, tzinfo=UTC)) for month in (1, 12))
HOUR_US = 3_600_000_000


@pytest.fixture(scope="module")
def table():
    return compile_book(load_calendar_book("ru"), START, END).table


def random_pairs(n, seed=7):
    rng = np.random.default_rng(seed)
    return rng.integers(START, END, n), rng.integers(START, END, n)


@pytest.mark.parametrize("engine", ["plain", "compiled"])
def test_columns_give_what_single_instants_give(table, engine):
    starts, ends = random_pairs(500)
    codes = np.where(np.arange(500) % 10 == 3, NO_CALENDAR, 0).astype(np.int32)
    each = [position_us(table, int(code), int(at)) for code, at in zip(codes, starts, strict=True)]
    assert positions(table, codes, starts, engine=engine).tolist() == each
    answer = elapsed(table, codes, starts, ends, engine=engine)
    assert (answer.us[codes == NO_CALENDAR] == MISS).all()
    assert (answer.reversed == (ends < starts)).all()
    known = (codes == 0) & (starts <= ends)
    assert (answer.us[known] == (positions(table, 0, ends) - positions(table, 0, starts))[known]).all()
    assert (answer.us[(codes == 0) & (starts > ends)] == 0).all()


def test_long_columns_are_shared_between_threads(table):
    starts, ends = random_pairs(600_000)
    whole = elapsed(table, 0, starts, ends).us
    assert (whole[:100] == elapsed(table, 0, starts[:100], ends[:100], engine="plain").us).all()
    assert (whole[-100:] == elapsed(table, 0, starts[-100:], ends[-100:], engine="plain").us).all()


@pytest.mark.parametrize("engine", ["plain", "compiled"])
def test_deadlines_are_the_inverse(table, engine):
    starts, ends = np.sort(random_pairs(500), axis=0)
    open_us = elapsed(table, 0, starts, ends).us
    due = deadlines(table, 0, starts, open_us, engine=engine)
    assert (elapsed(table, 0, starts, due).us == open_us).all()
    assert (due <= ends).all()


def test_one_instant_outside_the_range_is_an_error_for_all(table):
    with pytest.raises(OutOfRange):
        positions(table, 0, np.array([START, END + 1]))
    with pytest.raises(OutOfRange):
        elapsed(table, 0, np.array([START - 1]), np.array([END]))


def test_an_empty_column_is_an_empty_answer(table):
    nothing = np.empty(0, np.int64)
    assert len(positions(table, 0, nothing)) == len(elapsed(table, 0, nothing, nothing).us) == 0
