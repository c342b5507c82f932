"""Dates as people write them: every style, both orders, no guess without its reason."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.intake.sources.table.instants import choose_order, take_apart, to_instants
from otklik.intake.sources.table.moments import days_from_civil, share_of_moments

MOMENT = datetime(2024, 3, 4, 15, 5, 9, tzinfo=UTC)


def read(cells, order=None, zone=None, numbers=False):
    column = pa.array(cells, pa.string())
    return to_instants(column, take_apart(column, numbers=numbers), order, zone)


def iso(cell, **how):
    (at,) = read([cell], **how).at.to_pylist()
    return None if at is None else at.isoformat()


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-04 15:05:09", "2024-03-04T15:05:09Z", "2024-03-04T15:05:09.000+00:00", "2024-03-04 18:05:09+0300",
        "2024-03-04 18:05:09 MSK", "2024/3/4 15:05:09", "2024.03.04 15.05.09", "20240304T150509Z", "20240304150509",
        "04.03.2024 15:05:09", "4.3.2024, 15:05:09", "04-03-2024 15:05:09", "04/03/24 15:05:09", "4 Mar 2024 15:05:09",
        "4 марта 2024 г. 15:05:09", "4 мар. 2024 г., 15:05:09", "04-Mar-2024 15:05:09", "March 4, 2024 3:05:09 PM",
        "Mon, 04 Mar 2024 15:05:09 GMT", "Mon Mar 04 2024 18:05:09 GMT+0300 (Moscow Standard Time)",
        "Mon Mar 4 15:05:09 UTC 2024", "15:05:09 04.03.2024", "4/3/2024 3:05:09 pm", "2024-03-04 15:05:09,000",
    ],
)  # fmt: skip
def test_one_moment_in_many_styles(cell):
    assert iso(cell, order="dmy") == "2024-03-04T15:05:09+00:00"


@pytest.mark.parametrize(
    "cell",
    [
        "soon",
        "2024-13-01",
        "2024-02-30",
        "32.01.2024",
        "25:00 01.01.2024",
        "2024-03-04 15:65",
        "123",
        "",
        "04.03",
        "13 PM",
    ],
)
def test_what_is_no_moment_is_none(cell):
    found = read([cell], order="dmy")
    assert found.at.to_pylist() == [None]
    assert found.bad.tolist() == [True]


def test_an_empty_cell_is_empty_and_not_bad():
    found = read([None, "2024-03-04"])
    assert found.bad.tolist() == [False, False]
    assert found.at.null_count == 1


def test_numbers_count_only_where_they_may():
    assert share_of_moments(pa.chunked_array([["1709564709"]])) == 0
    assert share_of_moments(pa.chunked_array([["1709564709"]]), numbers=True) == 1
    assert iso("1709564709", numbers=True) == iso("1709564709000", numbers=True) == "2024-03-04T15:05:09+00:00"
    assert iso("45355,5", numbers=True) == "2024-03-04T12:00:00+00:00"


def test_milliseconds_and_nanoseconds_are_kept_to_the_microsecond():
    assert iso("2024-03-04 15:05:09.5") == "2024-03-04T15:05:09.500000+00:00"
    assert iso("2024-03-04 15:05:09.123456789") == "2024-03-04T15:05:09.123456+00:00"


def test_noon_and_midnight_of_the_half_day_clock():
    clocks = {"12:00 AM": "00:00", "12:30 PM": "12:30", "1:00 AM": "01:00", "11:59 PM": "23:59"}
    assert {clock: iso(f"3/4/2024 {clock}", order="mdy")[11:16] for clock in clocks} == clocks


def chosen(*columns, is_russian=False):
    return choose_order([take_apart(pa.array(column, pa.string())) for column in columns], is_russian=is_russian)


def test_one_value_decides_for_the_whole_table():
    assert chosen(["01/02/2024", "02/03/2024"], ["31/12/2023"]).order == "dmy"
    assert chosen(["01/02/2024", "12/31/2023"]).order == "mdy"
    assert "only have the month first" in chosen(["01/02/2024", "12/31/2023"]).reason


def test_without_proof_the_style_the_sequence_or_the_custom_decides():
    assert chosen(["1/2/2024 3:00 PM"]).order == "mdy"
    assert chosen(["01.02.2024"]).order == "dmy"
    assert chosen(["01/02/2024", "01/03/2024", "02/01/2024", "02/04/2024", "03/01/2024"]).order == "mdy"
    assert chosen(["01/02/2024"]).order == "dmy"
    assert "Russian" in chosen(["01/02/2024"], is_russian=True).reason


def test_plain_dates_need_no_choice():
    assert chosen(["2024-03-04"]) is None
    assert chosen([]) is None


def test_one_column_may_mix_styles_and_zones():
    found = read(["2024-03-04 10:00", "04.03.2024 10:00", "2024-03-04T10:00:00+03:00", "nonsense"], order="dmy")
    assert [at and at.hour for at in found.at.to_pylist()] == [10, 10, 7, None]


def test_days_that_are_not_in_the_calendar_are_told():
    days, valid = days_from_civil(
        *(np.array(part) for part in ([2024, 2023, 1900, 2000], [2, 2, 2, 2], [29, 29, 29, 29]))
    )
    assert valid.tolist() == [True, False, False, True]
    assert days[0] == 19782


@given(
    st.lists(st.integers(31_536_000, 4_070_908_800), min_size=1, max_size=30),
    st.sampled_from(["%d.%m.%Y %H:%M:%S", "%d/%m/%Y %I:%M:%S %p", "%Y%m%dT%H%M%S", "%d %b %Y %H:%M:%S"]),
    st.integers(-11, 12),
)
def test_whatever_is_written_is_read_back(seconds, style, hours):
    zone = timezone(timedelta(hours=hours))
    moments = [datetime.fromtimestamp(second, zone) for second in seconds]
    local = read([moment.strftime(style) for moment in moments], order="dmy")
    assert local.at.to_pylist() == [moment.replace(tzinfo=UTC) for moment in moments]
    with_offset = read([moment.strftime("%Y-%m-%d %H:%M:%S%z") for moment in moments])
    assert with_offset.at.to_pylist() == moments


@pytest.mark.parametrize("zone", [None, "Europe/Moscow"])
@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-04 15:05:09", "2024-03-04T15:05:09.125", "2024-03-04 15:05", "2024-03-04", "2024-02-30 15:05:09",
        "2024-03-04 24:00:00", "2024-03-04 23:59:60", "2024-03-04T15:05:09Z", "2024-03-04T15:05Z", "2024-03-04 15Z",
        "1969-12-31T23:59:59.999Z", "2024-03-04 15:05:09+03:00", "0000-01-01 00:00:00", "9999-12-31 23:59:59",
        "2024-03-04T15", "2024-03-04 15:05:09.123456789",
    ],
)  # fmt: skip
def test_a_column_of_one_style_reads_as_each_cell_among_others(cell, zone):
    """A column whose cells are alike is read in one go; the same cell among other styles must agree."""
    alike, mixed = read([cell, cell], zone=zone), read([cell, "4 Mar 2024 15:05:09 GMT", "soon"], zone=zone)
    assert alike.at.cast(pa.int64())[1] == mixed.at.cast(pa.int64())[0]
    assert alike.bad.tolist() == [mixed.bad[0]] * 2
