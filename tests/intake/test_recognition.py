import pytest

from otklik.intake.errors import NoSuchFormat
from otklik.intake.recognition import sort_out, unknown
from otklik.intake.source import Input


@pytest.fixture
def write(tmp_path):
    def written(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return Input.of(path)

    return written


def test_files_go_to_the_surest_reader(write):
    table = write("t.csv", b"id,created,closed\n1,2024-01-01,2024-01-02\n")
    log = write("l.xes", b'<?xml version="1.0"?><log><trace></trace></log>')
    claims, left = sort_out([table, log])
    assert {claim.source.name: [item.name for item in claim.inputs] for claim in claims} == {
        "table": [table.name],
        "xes": [log.name],
    }
    assert left == []


def test_content_counts_more_than_the_name(write):
    (claim,), _ = sort_out([write("tickets.csv", b'<?xml version="1.0"?><log><trace></trace></log>')])
    assert claim.source.name == "xes"


def test_a_told_format_is_not_questioned(write):
    (claim,), left = sort_out([write("x.bin", b"\x89PNG")], "table")
    assert (claim.source.name, claim.recognition, left) == ("table", None, [])
    with pytest.raises(NoSuchFormat):
        sort_out([], "abacus")


def test_what_nobody_knows_is_left_and_described(write):
    picture = write("p.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    claims, left = sort_out([picture])
    assert (claims, left) == ([], [picture])
    said = str(unknown(picture))
    assert "PNG" in said and "table" in said and "p.png" in said
