import shutil
from pathlib import Path

import pytest

from otklik.intake import ReadOptions, preview, read_log
from otklik.intake.errors import NothingToRead, UnknownFormat
from otklik.intake.previewing import look
from otklik.intake.registry import source_names

SOURCES = Path(__file__).resolve().parents[2] / "src" / "otklik" / "intake" / "sources"


def table(tmp_path: Path, text: str, name: str = "tickets.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def sample_of(source: str) -> Path:
    return next(path for path in sorted((SOURCES / source).glob("sample*")) if path.name != "sample_options.json")


@pytest.mark.parametrize("source", [name for name in source_names() if name not in {"table", "whatsapp"}])
def test_every_other_kind_shows_its_first_events_as_rows(source: str):
    seen = preview([sample_of(source)])
    part = seen.parts[0]
    assert (part.reader, part.is_table) == (source, False)
    assert 0 < len(part.rows) <= 20
    kinds = [column.heading for column in part.columns].index("kind")
    assert {row[kinds] for row in part.rows} & {"created", "message", "step", "status"}
    assert seen.events == read_log([sample_of(source)]).events.num_rows


def test_titles_above_the_headings_are_no_rows(tmp_path: Path):
    """
    Report of March
    Ticket;Opened;Closed
    7;01.03.2024 10:00;13.03.2024 12:00
    """
    text = test_titles_above_the_headings_are_no_rows.__doc__ or ""
    seen = preview([table(tmp_path, "\n".join(line.strip() for line in text.strip().splitlines()))])
    (part,) = seen.parts
    assert [column.heading for column in part.columns] == ["Ticket", "Opened", "Closed"]
    assert (part.rows, part.row_numbers) == ((("7", "01.03.2024 10:00", "13.03.2024 12:00"),), (3,))
    assert part.mode == "dates"
    for what, value in {"delimiter": "semicolon", "date_order": "dmy", "time_zone": "UTC"}.items():
        guess = seen.guess(what)
        assert guess is not None, what
        assert guess.value == value
        assert guess.reason


def test_a_table_nobody_understands_is_shown_with_what_is_missing(tmp_path: Path):
    seen = preview([table(tmp_path, "who,when\nanna,soon\nboris,later\n")])
    (part,) = seen.parts
    assert part.rows == (("anna", "soon"), ("boris", "later"))
    assert part.mode is None
    assert [problem.code for problem in seen.problems] == ["no-requests"]
    assert "request" in seen.known_roles
    assert "dates" in seen.known_modes


def test_and_is_understood_when_the_columns_are_told(tmp_path: Path):
    path = table(tmp_path, "which,begin,finish\nanna,2024-03-01 10:00,2024-03-01 11:00\n")
    assert preview([path]).problems
    told = ReadOptions(roles={"which": "request", "begin": "created", "finish": "closed"})
    seen = preview([path], told)
    assert seen.problems == ()
    assert (seen.requests, seen.parts[0].mode) == (1, "dates")


@pytest.mark.parametrize("roles", [{"nowhere": "request"}, {"ticket": "king"}])
def test_a_wrong_correction_is_a_problem_beside_the_rows(tmp_path: Path, roles: dict[str, str]):
    path = table(tmp_path, "ticket,opened,closed\n1,2024-03-01,2024-03-02\n")
    seen = preview([path], ReadOptions(roles=roles))
    assert seen.problems[0].code in {"unknown-column", "unknown-role"}
    assert seen.parts[0].rows == (("1", "2024-03-01", "2024-03-02"),)


def test_an_unknown_zone_is_a_problem_too(tmp_path: Path):
    path = table(tmp_path, "ticket,opened,closed\n1,2024-03-01,2024-03-02\n")
    seen = preview([path], ReadOptions(time_zone="Mars/Olympus"))
    assert seen.problems
    assert seen.parts[0].rows


def test_a_long_table_is_judged_by_its_beginning(tmp_path: Path):
    rows = "".join(f'{n},2024-03-01 10:00,2024-03-01 11:00,"two\nlines"\n' for n in range(100_000))
    seen = preview([table(tmp_path, "ticket,opened,closed,subject\n" + rows)])
    assert not seen.is_whole
    assert 10_000 < seen.count.read < 100_000
    assert seen.count.quarantined == 0
    assert len(seen.parts[0].rows) == 20


def test_rows_that_cannot_be_right_are_shown(tmp_path: Path):
    seen = preview([table(tmp_path, "ticket,opened,closed\n1,2024-03-01,2024-03-02\n2,2024-03-05,2024-03-02\n")])
    assert [(row.row, row.reason) for row in seen.set_aside] == [(3, "ends-before-start")]


def test_tables_with_the_same_headings_are_shown_once(tmp_path: Path):
    head = "ticket,opened,closed\n"
    one = table(tmp_path, head + "1,2024-03-01,2024-03-02\n", "a.csv")
    two = table(tmp_path, head + "2,2024-03-01,2024-03-02\n", "b.csv")
    (part,) = preview([one, two]).parts
    assert part.files == (str(one), str(two))


def test_the_mapping_of_a_look_reads_the_same_again(tmp_path: Path):
    sample = tmp_path / "sample.csv"
    shutil.copy(SOURCES / "table" / "sample.csv", sample)
    seen = preview([sample])
    again = preview([sample], ReadOptions(mapping=seen.mapping))
    assert again.parts[0].roles() == seen.parts[0].roles()
    assert again.mapping == seen.mapping


def test_a_look_brings_the_log_it_saw_named_as_the_reading_would_name_it(tmp_path: Path):
    sample = table(tmp_path, "ticket,opened,closed\n1,2024-03-01,2024-03-02\n", "shop 2024.csv")
    seen, log = look([sample])
    assert (log.requests.num_rows, seen.requests) == (1, 1)
    assert [one.source for one in log.sources] == [one.source for one in read_log([sample]).sources] == ["shop"]


def test_nothing_at_all_is_refused(tmp_path: Path):
    with pytest.raises(NothingToRead):
        preview([table(tmp_path, "")])
    picture = tmp_path / "x.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    with pytest.raises(UnknownFormat):
        preview([picture])
