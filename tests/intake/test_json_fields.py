"""Values that may be anything: what is no text, date or address is None, never a crash."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.units import to_us
from otklik.intake.json_fields import instant_us, is_ours, member, objects, text, truth

NOON = to_us(datetime(2024, 3, 4, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-04T12:00:00Z",
        "2024-03-04T12:00:00.000Z",
        "2024-03-04T13:00:00.000+0100",
        "2024-03-04 12:00:00",
        "2024-03-04 12:00:00 UTC",
        1709553600,
        1709553600.0,
        1709553600000,
        "1709553600",
    ],
)
def test_every_way_to_write_noon(value):
    assert instant_us(value) == NOON


def test_a_date_without_a_zone_is_in_the_zone_told():
    assert instant_us("2024-03-04 15:00:00", ZoneInfo("Europe/Moscow")) == NOON


@pytest.mark.parametrize(
    "value",
    [None, "", "soon", True, [], {}, float("nan"), float("inf"), 10**40, "9999-12-31T00:00:00Z", "0001-01-01", 0, "0",
     "-1", "2024-13-01", "2024-02-30T00:00:00Z"],
)  # fmt: skip
def test_what_is_no_plausible_instant_is_none(value):
    assert instant_us(value) is None


def test_lone_surrogates_and_zero_bytes_are_made_harmless():
    assert text("a\ud800b\x00c") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"


@pytest.mark.parametrize("value", [None, "", "  ", True, [], {}, float("nan"), float("-inf"), 10**40])
def test_what_is_no_text_is_none(value):
    assert text(value) is None


def test_numbers_are_text_without_a_tail():
    assert [text(value) for value in (7, 7.0, 7.5, "7")] == ["7", "7", "7.5", "7"]


def test_a_path_through_anything_ends_in_none():
    assert member({"a": {"b": 1}}, "a", "b") == 1
    assert member({"a": [1]}, "a", "b") is None
    assert member(None, "a") is None
    assert objects([1, {"a": 2}, None]) == [{"a": 2}]
    assert objects("no list") == []


def test_yes_and_no_as_json_and_tables_write_them():
    assert [truth(value) for value in (True, "TRUE", "t", "1", False, "FALSE", "0", None, "maybe")] == [
        True, True, True, True, False, False, False, None, None,
    ]  # fmt: skip


def test_ours_is_a_whole_name_or_a_domain():
    ours = ("shop.example", "Boris", "@lampa.example")
    assert [is_ours(name, ours) for name in ("anna@SHOP.example", "boris", "a@lampa.example")] == [True] * 3
    assert [is_ours(name, ours) for name in ("anna@notshop.example", "bor", None, "")] == [False] * 4


@given(st.text() | st.integers() | st.floats() | st.none() | st.booleans())
def test_nothing_crashes(value):
    found = instant_us(value)
    assert found is None or isinstance(found, int)
    assert text(value) is None or text(value).encode()
