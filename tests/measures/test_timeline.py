"""What the events of a request mean."""

import pytest

from otklik.measures.clocks import NO_CLOCK
from otklik.measures.codes import (
    ACKNOWLEDGES,
    ANSWERS,
    ASKS,
    CUSTOMER_WROTE,
    IS_CANCELLED,
    IS_DONE,
    IS_GONE,
    IS_OPEN,
    IS_RESOLVED,
    NONE,
    REOPENS,
    RESOLVES,
    UNCLOCKED,
)
from otklik.measures.columns import NEEDED, read_batch
from otklik.measures.running import listed, new_paper
from otklik.measures.timeline import holder_after, meaning, read_timeline
from otklik.schemas.events import By, Kind
from tests.measures.log_lines import read_lines

FLOATING = ~UNCLOCKED


def read(text):
    """The life and the paper of the only request in the lines."""
    log = read_lines(text)
    events = log.events.select(NEEDED)
    paper = listed(new_paper(events.num_rows))
    columns = listed(read_batch(events, NO_CLOCK.code_of_team).columns)
    horizon = int(log.sources[0].horizon.timestamp() * 1_000_000)
    return read_timeline(columns, NO_CLOCK.table, 0, events.num_rows, horizon, 1, paper), paper


@pytest.mark.parametrize(
    ("kind", "by", "public", "marks"),
    [
        (Kind.created, By.customer, 1, CUSTOMER_WROTE),
        (Kind.created, By.customer, 0, 0),
        (Kind.created, By.agent, 1, ANSWERS | ACKNOWLEDGES),
        (Kind.created, By.system, 0, 0),
        (Kind.message, By.customer, 0, CUSTOMER_WROTE),
        (Kind.message, By.agent, 1, ANSWERS | ACKNOWLEDGES),
        (Kind.message, By.agent, 0, 0),
        (Kind.message, By.rule, 1, ACKNOWLEDGES),
        (Kind.message, By.bot, 1, ACKNOWLEDGES),
        (Kind.note, By.agent, 1, 0),
        (Kind.note, By.rule, 1, 0),
        (Kind.rated, By.customer, 1, 0),
    ],
)
def test_what_an_event_says_to_the_customer(kind, by, public, marks):
    assert meaning(kind, by, public) == marks


def test_marks_of_a_life():
    life, paper = read("""
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply status=resolved
    2025-03-03 12:00 R1 customer-message
    2025-03-03 13:00 R1 status status=open
    """)
    assert [mark & FLOATING for mark in paper.marks[:4]] == [
        CUSTOMER_WROTE | ASKS,
        ANSWERS | ACKNOWLEDGES | RESOLVES | IS_DONE,
        CUSTOMER_WROTE | ASKS | IS_DONE,
        REOPENS,
    ]
    assert (life.n, life.end, life.outcome, life.asked) == (4, 4, IS_OPEN, 0)


@pytest.mark.parametrize(
    ("last", "outcome", "end"),
    [
        ("status status=closed", IS_RESOLVED, 1),
        ("cancelled", IS_CANCELLED, 1),
        ("merged", IS_GONE, 1),
        ("deleted", IS_GONE, 1),
        ("note", IS_OPEN, 3),
    ],
)
def test_how_a_life_ends(last, outcome, end):
    life, _ = read(f"""
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 {last}
    2025-03-03 12:00 R1 rated
    """)
    assert (life.outcome, life.end) == (outcome, end)


def test_nobody_asked():
    life, _ = read("2025-03-03 10:00 R1 opened-by-us")
    assert life.asked == NONE


def test_without_a_calendar_every_stretch_is_marked():
    life, paper = read("2025-03-03 10:00 R1 opened\n2025-03-03 11:00 R1 note")
    assert life.unclocked
    assert all(mark & UNCLOCKED for mark in paper.marks[: life.n])


@pytest.mark.parametrize(
    ("before", "said", "kind", "after"),
    [(NONE, 3, Kind.note, 3), (3, NONE, Kind.message, 3), (3, NONE, Kind.assigned, NONE), (3, 4, Kind.status, 4)],
)
def test_who_holds_it_after(before, said, kind, after):
    assert holder_after(before, said, kind) == after
