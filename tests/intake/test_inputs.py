import gzip
import io
import sys
import zipfile

import pytest

from otklik.intake.errors import NoSuchFile, NothingToRead
from otklik.intake.inputs import gather
from otklik.intake.source import Named


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_a_folder_is_walked_and_hidden_files_are_left_out(tmp_path, folder):
    export = tmp_path / "export"
    (export / "deep" / ".git").mkdir(parents=True)
    (export / "b.csv").write_text("b")
    (export / "deep" / "a.csv").write_text("a")
    (export / "deep" / ".git" / "config").write_text("x")
    (export / "empty.csv").write_text("")
    assert [item.path.name for item in gather([export], folder)] == ["b.csv", "a.csv"]


def test_a_zip_of_exports_gives_its_files(tmp_path, folder):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/tickets.csv", "id\n1\n")
    (item,) = gather([path], folder)
    assert item.name == f"{path}/a/tickets.csv"
    assert item.suffix == ".csv"
    assert item.head == b"id\n1\n"


def test_a_gzipped_file_shows_what_is_inside(tmp_path, folder):
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(b"id\n1\n"))
    (item,) = gather([path], folder)
    assert item.head == b"id\n1\n"


def test_a_pipe_is_spooled(monkeypatch, folder):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id\n1\n")))
    (item,) = gather(["-"], folder)
    assert (item.name, item.head) == ("-", b"id\n1\n")


def test_a_name_that_is_not_there_is_said(folder):
    with pytest.raises(NoSuchFile, match=r"nowhere\.csv"):
        gather(["nowhere.csv"], folder)


def test_nothing_at_all_is_said(tmp_path, folder):
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(NothingToRead):
        gather([tmp_path / "empty.csv"], folder)


def test_a_gzip_cut_short_still_has_a_name(tmp_path, folder):
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress(b"id\n" * 1000)[:20])
    assert [item.path.name for item in gather([path], folder)] == ["cut.csv.gz"]


def test_a_file_kept_under_another_name_goes_by_the_one_its_user_knows(tmp_path, folder):
    stored = tmp_path / "5f0c"
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("tickets.csv", "id\n1\n")
    plain = tmp_path / "77aa"
    plain.write_text("id\n1\n")
    items = gather([Named("March/shop.zip", stored), Named("shop.csv", plain)], folder)
    assert [item.name for item in items] == ["March/shop.zip/tickets.csv", "shop.csv"]
    with pytest.raises(NothingToRead, match=r"^(?!.*77aa).*empty\.csv"):
        plain.write_text("")
        gather([Named("empty.csv", plain)], folder)
