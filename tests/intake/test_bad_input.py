"""Bad input as it comes from life: every file is read as far as it can be, or refused with a reason and an advice."""

import codecs
import gzip
import os
import sys
import zipfile
from pathlib import Path

import pytest

from otklik.base.errors import UserError
from otklik.base.text import Words
from otklik.intake import ReadOptions, load_mapping, read_log, save_mapping
from otklik.intake.errors import CutShort, EmptyRecord, NoEvents, NoEventsInTable, NothingToRead, WorkbookRefused
from otklik.intake.mapping import BrokenMapping

HEAD = "Ticket,Opened,First reply,Closed,Status\n"
ROWS = "".join(f"{n},2024-03-0{n} 10:00:00,2024-03-0{n} 11:00:00,2024-03-0{n} 12:00:00,closed\n" for n in range(1, 4))


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str | bytes, name: str = "desk.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def set_aside(log) -> list[tuple[int | None, str]]:
    return [(row["row"], row["reason"]) for row in log.quarantine.to_pylist()]


def said(error: UserError) -> list[str]:
    """What is said in both languages; each has a sentence and an advice."""
    texts = [Words(language).error(error) for language in ("en", "ru")]
    assert all(len(text.splitlines()) == 2 for text in texts)
    assert texts[0] != texts[1]
    return texts


@pytest.mark.parametrize("nothing", ["", "\n\n\n", "  \r\n  \n", "\t\n"])
def test_a_file_of_blanks_is_empty(write, nothing):
    with pytest.raises(NothingToRead):
        read_log([write(nothing)])


def test_an_archive_without_files_is_empty(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w"):
        pass
    with pytest.raises(NothingToRead):
        read_log([path])


@pytest.mark.parametrize("lost", [12, 400])
def test_a_compressed_table_without_its_end_says_so(write, lost):
    packed = gzip.compress((HEAD + ROWS * 200 + os.urandom(2_000).hex()).encode())
    with pytest.raises(CutShort) as caught:
        read_log([write(packed[:-lost], "desk.csv.gz")])
    assert "cut short" in said(caught.value)[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("desk.xlsx", b"PK\x03\x04 no archive"),
        ("desk.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 1_000),
    ],
)
def test_a_damaged_workbook_is_refused_with_what_to_try(write, name, content):
    with pytest.raises(WorkbookRefused) as caught:
        read_log([write(content, name)])
    assert "CSV" in said(caught.value)[0]


def test_a_damaged_parquet_file_is_refused_in_our_words(write):
    with pytest.raises(UserError) as caught:
        read_log([write(b"PAR1" + b"x" * 100 + b"PAR1", "desk.parquet")])
    assert "повреждён" in said(caught.value)[1]


def test_dates_that_are_all_zeros_are_no_dates(write):
    """MySQL writes 0000-00-00 where nothing has happened yet: such a request is open, not broken."""
    zeros = "0000-00-00 00:00:00,0000-00-00 00:00:00"
    open_ones = "".join(f"{n},2024-03-05 10:00:00,{zeros},open\n" for n in range(10, 30))
    log = read_log([write(HEAD + ROWS + open_ones)])
    assert (log.count.kept, log.count.quarantined) == (23, 0)
    assert sum(kind == "status" for kind in log.events["kind"].to_pylist()) == 3


def test_one_strange_kind_costs_its_row_only(write):
    log = read_log([
        write(
            "request,at,kind,by,public,status\n"
            "A,2024-03-02 10:00,created,customer,true,new\n"
            "A,2024-03-02 11:00,dance,agent,true,\n"
            "A,2024-03-02 12:00,message,alien,true,\n"
            "A,2024-03-02 13:00,status,agent,false,strange\n"
            "A,2024-03-02 14:00,message,agent,true,\n"
        )
    ])  # fmt: skip
    assert log.events["kind"].to_pylist() == ["created", "message"]
    assert set_aside(log) == [(3, "bad-kind"), (4, "bad-by"), (5, "bad-status")]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file name is text")
def test_a_file_name_in_an_old_code_page_is_read_and_can_be_said(tmp_path):
    path = os.fsencode(tmp_path) + "/заявки.csv".encode("cp1251")
    Path(os.fsdecode(path)).write_text(HEAD + ROWS)
    log = read_log([os.fsdecode(path)])
    assert log.count.kept == 3
    assert all(file.encode() for source in log.sources for file in source.files)


def test_a_record_of_bad_rows_says_why_in_words(write):
    with pytest.raises(NoEventsInTable) as caught:
        read_log(
            [write(HEAD + "1,2024-03-05 10:00,,2024-03-04 10:00,closed\n2,2024-03-05 10:00,,2024-03-04 10:00,closed\n")]
        )
    english, russian = said(caught.value)
    assert "it ends before it starts" in english and "--map" in english
    assert "ends" not in russian


def test_a_letter_without_a_date_is_not_told_to_map_columns(write):
    with pytest.raises(NoEvents) as caught:
        read_log([write("From: a@b.example\nTo: us@shop.example\nMessage-ID: <1@b>\nSubject: hi\n\nhi\n", "a.eml")])
    english, _ = said(caught.value)
    assert "--map" not in english
    assert "no-" not in english


def test_a_log_in_which_nothing_happens_says_so(write):
    with pytest.raises(EmptyRecord) as caught:
        read_log([write('<?xml version="1.0"?>\n<log xes.version="1.0">\n</log>\n', "empty.xes")])
    assert "nothing happens" in said(caught.value)[0]


@pytest.mark.parametrize(
    "mapping",
    [
        {"delimiter": "abc"}, {"delimiter": '"'}, {"delimiter": "\n"}, {"delimiter": "x"}, {"encoding": "klingon"},
        {"encoding": "hex"}, {"encoding": "undefined"}, {"time_zone": "Mars/Olympus"},
        {"roles": {"Ticket": "king"}},
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_named(write, mapping):
    with pytest.raises(UserError) as caught:
        read_log([write(HEAD + ROWS)], ReadOptions(mapping=mapping))
    said(caught.value)


def test_a_rare_sign_may_part_the_cells(write):
    log = read_log([write((HEAD + ROWS).replace(",", "¦"))], ReadOptions(mapping={"delimiter": "¦"}))
    assert log.count.kept == 3


@pytest.mark.parametrize("text", ['mode = "nonsense"', 'date_order = "ymd"', "mode = 3"])
def test_a_setting_outside_its_choices_is_refused(write, text):
    with pytest.raises(BrokenMapping) as caught:
        load_mapping(write(text, "m.toml"))
    said(caught.value)


def test_a_mapping_in_another_encoding_is_refused_in_our_words(write):
    with pytest.raises(BrokenMapping) as caught:
        load_mapping(write(codecs.BOM_UTF16_LE + 'mode = "dates"'.encode("utf-16-le"), "m.toml"))
    assert "codec" not in said(caught.value)[0]


def test_two_columns_for_one_role_are_refused(write):
    with pytest.raises(UserError) as caught:
        read_log([write(HEAD + ROWS)], ReadOptions(roles={"Opened": "created", "Closed": "created_at"}))
    assert "Opened" in said(caught.value)[0] and "Closed" in said(caught.value)[0]


def test_states_with_commas_and_more_than_twenty_survive_a_saved_mapping(write, tmp_path):
    names = [f"step {n}, in the lab" for n in range(30)]
    rows = "".join(f'{n},2024-03-01 10:00,,2024-03-02 10:00,"{name}"\n' for n, name in enumerate(names))
    path, told = write(HEAD + rows), {name: "waiting_third_party" for name in names}
    log = read_log([path], ReadOptions(mapping={"states": told}))
    save_mapping(tmp_path / "m.toml", log.guesses)
    assert load_mapping(tmp_path / "m.toml")["states"] == told


TICKETS = "id,created at,closed at,status\n1,2024-03-01 10:00,2024-03-03 10:00,closed\n2,2024-03-02 10:00,,open\n"
LETTERS = (
    "id;request;created at;author;direction;text\n"
    "9;1;2024-03-01 10:05;anna;in;hello\n10;1;2024-03-01 10:30;bob;out;hi\n11;2;2024-03-02 12:00;bob;out;hi\n"
)


@pytest.mark.parametrize("ending", ["toml", "json"])
def test_unlike_tables_read_together_keep_a_mapping_each(write, tmp_path, ending):
    """`created at` is when the request came in one table, and when the letter was written in the other."""
    files = [write(TICKETS, "tickets.csv"), write(LETTERS, "letters.csv")]
    log = read_log(files, ReadOptions(time_zone="Europe/Moscow"))
    save_mapping(tmp_path / f"m.{ending}", log.guesses)
    mapping = load_mapping(tmp_path / f"m.{ending}")
    assert [table["roles"]["created at"] for table in mapping["tables"]] == ["created", "at"]
    assert [table["mode"] for table in mapping["tables"]] == ["dates", "messages"]
    again = read_log(files, ReadOptions(mapping=mapping))
    assert again.events.equals(log.events)
    assert {*log.events["kind"].to_pylist()} == {"created", "message", "status"}
    corrected = read_log(files, ReadOptions(mapping={**mapping, "roles": {"status": "category"}}))
    assert {*corrected.requests["category"].to_pylist()} == {"closed", "open"}


@pytest.mark.parametrize("mode", ["log", "steps", "history"])
def test_a_told_mode_that_does_not_fit_is_refused_with_what_is_missing(write, mode):
    with pytest.raises(UserError, match=f"cannot be read as {mode}") as caught:
        read_log([write(HEAD + ROWS)], ReadOptions(mapping={"mode": mode}))
    said(caught.value)


def test_dates_told_where_the_only_date_is_a_moment(write):
    text = "Ticket,Time,Closed\n1,2024-03-01 10:00,2024-03-02 10:00\n1,2024-03-01 10:00,2024-03-03 10:00\n"
    assert read_log([write(text)], ReadOptions(mapping={"mode": "dates"})).count.kept == 1


@pytest.mark.parametrize("text", ['silence = "12h"', 'object_type = "order"'])
def test_settings_of_messengers_and_object_logs_may_stand_in_a_mapping(write, text):
    assert load_mapping(write(text, "m.toml"))


@pytest.mark.parametrize(
    "text", ["tables = 3", "[[tables]]\ncolour = 1", '[[tables]]\nmode = "x"', "[[tables]]\nroles = 1"]
)
def test_tables_of_a_mapping_are_checked(write, text):
    with pytest.raises(BrokenMapping) as caught:
        load_mapping(write(text, "m.toml"))
    said(caught.value)
