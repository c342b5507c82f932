import pytest

from otklik.intake import ReadOptions, read_log
from otklik.intake.errors import ArchiveRefused, NoEvents, UnknownFormat
from tests.intake.building_blocks import clock

TABLE = "id,created,closed,team\n1,2024-03-04 10:00,2024-03-04 12:00,a\n2,2024-03-04 11:00,,b\n"


@pytest.fixture
def write(tmp_path):
    def written(name, content=TABLE):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def test_a_file_becomes_a_log(write):
    log = read_log([write("tickets.csv")])
    assert [(e["request"], e["kind"], e["status"]) for e in log.events.to_pylist()] == [
        ("1", "created", None),
        ("1", "status", "closed"),
        ("2", "created", None),
    ]
    (facts,) = log.sources
    assert (facts.source, facts.reader, facts.mode) == ("tickets", "table", "dates")
    assert facts.horizon == clock("12:00")


def test_one_bad_file_does_not_lose_the_good_ones(write):
    log = read_log([write("tickets.csv"), write("photo.png", b"\x89PNG\r\n\x1a\n")])
    assert log.requests.num_rows == 2
    assert log.quarantine["reason"].to_pylist() == ["unknown-format"]
    assert (log.count.read, log.count.kept, log.count.quarantined) == (3, 2, 1)


def test_a_bad_part_does_not_lose_its_kin(write):
    log = read_log([write("a.csv"), write("b.csv", "id,created,closed,team\nnothing here\n")])
    assert log.requests.num_rows == 2
    assert "no-requests" in log.quarantine["reason"].to_pylist()


def test_when_no_file_can_be_read_the_reason_is_raised(write):
    with pytest.raises(UnknownFormat, match=r"photo\.png"):
        read_log([write("photo.png", b"\x89PNG\r\n\x1a\n")])
    with pytest.raises(ArchiveRefused):
        read_log([write("x.zip", b"PK\x03\x04")])


def test_a_record_of_nothing_but_broken_rows_is_refused(write):
    with pytest.raises(NoEvents, match="a date nobody can read"):
        read_log([write("t.csv", "id,created,closed\n1,9999-01-01,9999-01-02\n")])


STEPS = """case,activity,timestamp
1,Ask,0001-01-01 00:00:00
1,Answer,2024-03-04 10:00:00
2,Ask,2024-03-04 11:00:00
2,Answer,2024-03-04 12:00:00
"""
XES = """<log><trace><string key="concept:name" value="1"/>
<event><string key="concept:name" value="Ask"/><date key="time:timestamp" value="0001-01-01T00:00:00Z"/></event>
<event><string key="concept:name" value="Answer"/><date key="time:timestamp" value="2024-03-04T10:00:00Z"/></event>
</trace></log>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dates.csv", "id,created,closed,team\n1,0001-01-01 00:00,2024-03-04 12:00,a\n2,2024-03-04 11:00,,b\n"),
        ("steps.csv", STEPS),
        ("steps.xes", XES),
    ],
)
def test_the_year_one_never_gets_into_a_log(write, name, content):
    log = read_log([write(name, content)])
    assert min(log.events["at"].to_pylist()).year == 2024
    assert log.count.read == log.count.kept + log.count.quarantined + log.count.duplicate
    assert log.count.quarantined


def test_two_exports_of_one_desk_are_one_source(write):
    log = read_log(
        [write("tickets_2024-03-04.csv"), write("tickets_2024-03-05.csv", TABLE.replace("2,2024", "3,2024"))]
    )
    assert [facts.source for facts in log.sources] == ["tickets"]
    assert log.requests["request"].to_pylist() == ["1", "2", "3"]
    assert log.count.duplicate == 1


def test_unlike_tables_are_sources_of_their_own(write):
    other = "order,ordered at,delivered at\nX1,2024-03-04 10:00,2024-03-05 10:00\n"
    log = read_log([write("tickets.csv"), write("shop.csv", other)], ReadOptions(roles={}))
    assert [facts.source for facts in log.sources] == ["shop", "tickets"]


def test_a_source_may_be_named(write):
    assert read_log([write("t.csv")], ReadOptions(source="desk")).events["source"].unique().to_pylist() == ["desk"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("sf311_2024-05-01.csv", "sf311"),
        ("Export (3).csv", "export"),
        ("2024.csv", "table"),
        ("Заявки_май.csv", "заявки-май"),
    ],
)
def test_a_source_is_called_after_its_file_without_dates(write, name, source):
    assert read_log([write(name)]).sources[0].source == source


def test_as_of_is_the_horizon(write):
    log = read_log([write("t.csv")], as_of=clock("11:30"))
    assert log.sources[0].horizon == clock("11:30")


def test_the_guess_names_the_format_and_why(write):
    guess = read_log([write("t.csv")]).guesses[0]
    assert (guess.what, guess.value, guess.reason % guess.facts) == ("format", "table", "it is a table (text)")
