"""WhatsApp: the spellings of its phones, and what can be known of dates and people."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.intake.building import LogBuilder
from otklik.intake.source import Input, ReadOptions
from otklik.intake.sources.whatsapp.lines import date_order, read_line, read_lines
from otklik.intake.sources.whatsapp.reader import WhatsApp


@pytest.mark.parametrize(
    "line",
    [
        "03.03.25, 14:05 - Ольга: Лампа?",
        "03/03/2025, 14:05 - Ольга: Лампа?",
        "3/3/25, 2:05 PM - Ольга: Лампа?",
        "3/3/25, 2:05\u202fPM - Ольга: Лампа?",
        "2025-03-03, 2:05 p.m. - Ольга: Лампа?",
        "[03.03.25, 14:05:00] Ольга: Лампа?",
        "\u200e[3/3/25, 2:05:00 PM] Ольга: Лампа?",
        "[03-03-25 14:05:00] Ольга: Лампа?",
        "03.03.25 um 14:05 - Ольга: Лампа?",
        "03.03.2025 в 14:05 - Ольга: Лампа?",
    ],
)
def test_every_phone_writes_it_its_own_way(line):
    found = read_line(line)
    assert (found.sender, found.text) == ("Ольга", "Лампа?")
    assert found.moment(date_order([found])[0]) == datetime(2025, 3, 3, 14, 5)  # noqa: DTZ001


@pytest.mark.parametrize(("half", "hour"), [("12:00 AM", 0), ("12:30 PM", 12), ("1:00 AM", 1), ("11:59 pm", 23)])
def test_midnight_and_noon_of_a_twelve_hour_clock(half, hour):
    assert read_line(f"3/3/25, {half} - A: b").time[0] == hour


@pytest.mark.parametrize("line", ["", "text", "12.5 metres - A: b", "03.03.25, 10:00", "Ольга: Лампа?"])
def test_other_lines_go_on_with_the_message_before(line):
    assert read_line(line) is None


def test_lines_without_a_date_belong_to_the_message_before():
    lines = list(read_lines(["03.03.25, 10:00 - A: one", "two", "", "03.03.25, 10:01 - B: three"]))
    assert [(line.row, line.sender) for line in lines] == [(1, "A"), (4, "B")]


@pytest.mark.parametrize(
    ("dates", "order", "certain"),
    [
        (["03.04.25", "13.04.25"], "dmy", True),
        (["3/4/25", "3/14/25"], "mdy", True),
        (["2025-03-04"], "ymd", True),
        (["01/02/25", "02/01/25", "03/01/25"], "mdy", True),
        (["01/02/25", "01/02/25"], "dmy", False),
        (["32.03.14", "33.03.15"], "ymd", True),
        (["31.01.25", "01.02.25", "99.99.25"], "dmy", True),
    ],
)
def test_the_order_is_the_one_in_which_time_goes_forward(dates, order, certain):
    lines = [read_line(f"{date}, 10:00 - A: b") for date in dates]
    assert date_order(lines) == (order, certain)


def test_an_american_clock_puts_the_month_first_where_both_fit():
    assert date_order([read_line("3/4/25, 2:05 PM - A: b")]) == ("mdy", False)
    assert date_order([read_line("03/04/25, 14:05 - A: b")]) == ("dmy", False)


@pytest.fixture
def read(tmp_path):
    def reading(text, name="WhatsApp Chat with Olga.txt", **options):
        path = tmp_path / "chat.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        built = LogBuilder("whatsapp")
        item = Input(name, path, path.read_bytes()[:65536])
        assert WhatsApp().recognise([item])
        WhatsApp().read([item], ReadOptions(**options), built)
        return built

    return reading


def told(built):
    return [f"{e['at']:%d %H:%M} {e['kind']} {e['by']} {e['actor']}" for e in built.table("events").to_pylist()]


CHAT = "15.03.25, 10:00 - Olga: Lamp?\n15.03.25, 10:05 - Shop: Yes\n"


def test_the_file_is_named_after_the_customer(read):
    assert told(read(CHAT)) == ["15 10:00 created customer Olga", "15 10:05 message agent Shop"]
    assert told(read(CHAT, "Чат WhatsApp с контактом Shop.txt"))[0] == "15 10:00 created agent Olga"


def test_without_that_the_one_who_answers_is_we(read):
    assert told(read(CHAT, "_chat.txt"))[1] == "15 10:05 message agent Shop"


def test_times_are_in_the_zone_told(read):
    assert told(read(CHAT, time_zone="Europe/Moscow"))[0].startswith("15 07:00")


def test_notices_are_no_messages(read):
    assert read("15.03.25, 09:59 - Messages are encrypted.\n" + CHAT).records == 2


def test_equal_messages_of_one_minute_are_all_kept(read):
    built = read(CHAT + "15.03.25, 10:06 - Olga: ?\n15.03.25, 10:06 - Olga: ?\n")
    assert len(set(built.table("events")["key"].to_pylist())) == 4


def test_a_date_that_does_not_exist_is_set_aside(read):
    built = read(CHAT + "31.02.25, 10:00 - Olga: Hello?\n")
    assert [row["reason"] for row in built.table("quarantine").to_pylist()] == ["bad-date"]


def test_utf_16(read):
    assert len(told(read(CHAT.encode("utf-16")))) == 2


@given(st.text(max_size=200))
def test_any_line_is_a_message_or_not(text):
    line = read_line(text)
    assert line is None or line.time[1] <= 99


@pytest.mark.parametrize("head", [b"id,date\n1,03.03.25\n", b"{}", b"", b"03.03.25, 10:00 - notice\n", b"log\n" * 30])
def test_it_leaves_other_files_alone(tmp_path, head):
    assert WhatsApp().recognise([Input("x.txt", tmp_path, head)]) is None
