"""What must hold for any log."""

import random

from hypothesis import given
from hypothesis import strategies as st

from otklik.measures import TIMES, measure_log
from otklik.schemas.events import Can
from tests.measures.log_lines import SOURCE, log_of
from tests.measures.random_logs import START, random_book, random_event, random_log, random_request

seeds = st.randoms(use_true_random=False)
TURNS = ("waiting_on_us", "waiting_on_customer", "waiting_on_third_party")


def request_log(rng, extra=()):
    return log_of([*random_request(rng, SOURCE, "R1"), *extra], Can(255))


@given(seeds)
def test_elapsed_is_at_least_business_and_business_at_least_zero(rng):
    for row in measure_log(random_log(rng, 5), random_book(rng)).facts.to_pylist():
        for measure in TIMES:
            elapsed, business = row[f"{measure.id}_s"], row[f"{measure.id}_business_s"]
            if business is not None:
                assert elapsed >= business >= 0


@given(seeds)
def test_the_turns_add_up_to_the_life_in_both_clocks(rng):
    for row in measure_log(random_log(rng, 5), random_book(rng)).facts.to_pylist():
        if row["resolution_s"] is None or any(row[f"{turn}_s"] is None for turn in TURNS):
            continue
        assert abs(sum(row[f"{turn}_s"] for turn in TURNS) - row["resolution_s"]) < 1e-6
        if row["resolution_business_s"] is not None:
            business = sum(row[f"{turn}_business_s"] for turn in TURNS)
            assert abs(business - row["resolution_business_s"]) < 1e-6


@given(seeds)
def test_an_unanswered_request_more_leaves_the_others_as_they_were(rng):
    log = request_log(rng)
    silent = {**random_event(rng, "created"), "source": SOURCE, "request": "R0", "at": START, "seq": 0}
    more = log_of([*log.events.to_pylist(), silent], Can(255), log.sources[0].horizon)
    rows = measure_log(more, None).facts.to_pylist()
    assert [row for row in rows if row["request"] == "R1"] == measure_log(log, None).facts.to_pylist()


@given(seeds, seeds)
def test_the_order_of_importing_does_not_matter(rng, shuffling):
    log, book = random_log(rng, 4), random_book(rng)
    rows = list(range(log.events.num_rows))
    shuffling.shuffle(rows)
    shuffled = type(log)(log.events.take(rows), log.requests, log.sources, log.quarantine, log.count)
    measured, again = measure_log(log, book), measure_log(shuffled, book)
    assert again.facts.equals(measured.facts)
    assert again.waits.equals(measured.waits)


@given(seeds)
def test_a_reopening_never_changes_the_first_resolution(rng):
    log = request_log(rng)
    (before,) = measure_log(log, None).facts.to_pylist()
    if before["first_resolution_state"] != "done":
        return
    last = log.events["at"][-1].as_py()
    later = {**random_event(rng, "status"), "status": "open", "source": SOURCE, "request": "R1", "at": last, "seq": 99}
    (after,) = measure_log(log_of([*log.events.to_pylist(), later], Can(255)), None).facts.to_pylist()
    assert after["first_resolution_s"] == before["first_resolution_s"]


@given(seeds)
def test_the_longest_wait_is_the_longest_of_the_waits_in_either_clock(rng):
    measured = measure_log(random_log(rng, 5), random_book(rng))
    waits = measured.waits.to_pylist()
    for row in measured.facts.to_pylist():
        mine = [w for w in waits if (w["source"], w["request"]) == (row["source"], row["request"])]
        assert row["longest_wait_s"] == max((w["wait_s"] for w in mine), default=None)
        business = [w["wait_business_s"] for w in mine if w["wait_business_s"] is not None]
        assert row["longest_wait_business_s"] == max(business, default=None)


@given(seeds)
def test_time_goes_by_for_what_is_open_and_only_for_that(rng):
    log = request_log(rng)
    later = log.sources[0].horizon.replace(year=2026)
    (now,) = measure_log(log, None).facts.to_pylist()
    (then,) = measure_log(log, None, as_of=later).facts.to_pylist()
    passed = (later - log.sources[0].horizon).total_seconds()
    for measure in ("first_reply", "resolution", "unassigned"):
        if now[f"{measure}_state"] == "running":
            assert abs(then[f"{measure}_s"] - now[f"{measure}_s"] - passed) < 1e-6
        else:
            assert then[f"{measure}_s"] == now[f"{measure}_s"]


def test_chance_draws_every_state_of_every_measure():
    rows = measure_log(random_log(random.Random(5), 3000), None).facts
    for measure in ("first_reply", "acknowledgement", "longest_wait", "resolution", "first_resolution", "unassigned"):
        states = set(rows[f"{measure}_state"].to_pylist())
        wanted = {"done", "running", "never", "not_applicable", "not_available"}
        assert states == wanted, measure
