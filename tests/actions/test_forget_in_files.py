"""Files beside the log: texts are rewritten in their own encoding, packed files that name the person go."""

import gzip
import zipfile
from pathlib import Path

import pytest

from otklik.actions.forget_in_files import forget_in_files
from otklik.store.persons import Person

PERSON = Person.of(["Анна Петрова", "4711"], "person-x")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_text_keeps_its_encoding_and_loses_the_name(tmp_path: Path, encoding: str) -> None:
    text = 'id;who;n\r\n1;"Анна Петрова";4711\r\n2;Борис;47110\r\n'
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert forget_in_files([tmp_path], PERSON) == (1, 0)
    expected = 'id;who;n\r\n1;"person-x";person-x\r\n2;Борис;47110\r\n'
    assert (tmp_path / "a.csv").read_bytes().decode(encoding) == expected
    assert forget_in_files([tmp_path], PERSON) == (0, 0)


def test_an_archive_goes_where_the_person_is_in_it(tmp_path: Path) -> None:
    for name, text in (("with.xlsx", "<t>Анна Петрова</t>"), ("without.xlsx", "<t>Борис</t>")):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/sharedStrings.xml", text)
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 not an archive")
    assert forget_in_files([tmp_path], PERSON) == (0, 2)
    assert [path.name for path in tmp_path.iterdir()] == ["without.xlsx"]


def test_what_nobody_can_look_into_goes(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.csv.gz").write_bytes(gzip.compress(b"nothing"))
    (tmp_path / "deep" / "a.txt").write_text("nothing")
    assert forget_in_files([tmp_path], PERSON) == (0, 1)
    assert (tmp_path / "deep" / "a.txt").exists()


def test_a_link_that_leads_out_is_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("Анна Петрова")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(outside)
    assert forget_in_files([tmp_path / "in", tmp_path / "missing"], PERSON) == (0, 0)
    assert outside.read_text() == "Анна Петрова"
