import pytest

from otklik.findings.slicing import UnknownColumn
from otklik.findings.who_waits import smallest_step_s, who_waits
from tests.findings.cases import evidence_of, many


def test_a_channel_that_is_twice_as_slow_is_found():
    (by_channel,) = who_waits(many(800, speed=lambda row, week: 2.0 if row % 2 else 1.0))
    rows = {row.value: row for row in by_channel.rows}
    assert rows["chat"].verdict == "slower"
    assert rows["email"].verdict == "faster"
    assert rows["chat"].difference_low_s > 0
    assert rows["chat"].difference_s == pytest.approx(-rows["email"].difference_s)
    assert by_channel.clock == "elapsed"


def test_equal_channels_are_equal():
    (by_channel,) = who_waits(many(800))
    assert {row.verdict for row in by_channel.rows} == {"no_difference"}


def test_many_equal_channels_raise_no_false_alarm():
    alarms = 0
    for seed in range(5):
        (found,) = who_waits(many(1200, seed=seed, channels=tuple("abcdefghij")))
        alarms += sum(row.verdict in ("slower", "faster") for row in found.rows)
    assert alarms <= 1


def test_fewer_than_thirty_are_not_judged():
    (found,) = who_waits(many(60, channels=("a", "a", "b")))
    rows = {row.value: row for row in found.rows}
    assert (rows["b"].verdict, rows["b"].enough, rows["b"].median_s) == ("too_few", False, None)


def test_fewer_than_thirty_others_are_no_measure():
    (found,) = who_waits(many(600, channels=("a",) * 29 + ("b",)))
    assert {row.value: (row.verdict, row.enough) for row in found.rows} == {
        "a": ("too_few", True),
        "b": ("too_few", False),
    }


def test_where_half_are_never_served_chance_is_still_chance():
    """Sixty equal channels; about half of everybody gives up, so that most medians are out of reach or nearly so."""
    alarms = 0
    for seed in range(4):
        (found,) = who_waits(many(3000, seed=seed, never=0.5, channels=tuple(f"c{i}" for i in range(12))))
        alarms += sum(row.verdict in ("slower", "faster") for row in found.rows)
    assert alarms == 0


def test_a_median_out_of_reach_on_both_sides_does_not_hide_who_is_served_less():
    def speed(row, week):
        return 1e6 if row % 10 < (9 if row % 2 else 6) else 1.0

    (found,) = who_waits(many(2000, speed=speed))
    rows = {row.value: row for row in found.rows}
    assert (rows["chat"].median_s, rows["email"].median_s) == (None, None)
    assert (rows["chat"].verdict, rows["email"].verdict) == ("slower", "faster")


def test_a_channel_that_never_answers_is_slower_though_its_median_is_out_of_reach():
    def speed(row, week):
        return 1e6 if row % 2 else 1.0

    (found,) = who_waits(many(600, speed=speed))
    rows = {row.value: row for row in found.rows}
    assert rows["chat"].median_s is None
    assert (rows["chat"].verdict, rows["email"].verdict) == ("slower", "faster")


def test_only_the_biggest_values_are_shown():
    (found,) = who_waits(many(400, channels=tuple(f"c{i}" for i in range(20))))
    assert (len(found.rows), found.left_out) == (12, 8)


def test_a_column_of_single_things_is_shown_only_if_asked_for():
    evidence = many(1500, channels=tuple(f"c{i}" for i in range(1100)))
    assert who_waits(evidence) == []
    (found,) = who_waits(evidence, ["channel"])
    assert {row.verdict for row in found.rows} == {"too_few"}


def test_a_column_asked_for_is_shown_or_refused():
    assert [found.by for found in who_waits(many(50), ["channel"])] == ["channel"]
    with pytest.raises(UnknownColumn):
        who_waits(many(50), ["colour"])


def test_a_step_must_matter():
    assert smallest_step_s(60) == 30
    assert smallest_step_s(1200) == 300
    assert smallest_step_s(36_000) == 3600


def test_an_empty_log_compares_nobody():
    assert who_waits(evidence_of("")) == []
