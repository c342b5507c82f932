import gzip
import zipfile

import pytest

from otklik.intake import archives
from otklik.intake.archives import copy_inflated, inflate_all, is_bomb, is_office, open_zip, unpack
from otklik.intake.errors import ArchiveRefused


@pytest.fixture
def pack(tmp_path):
    def packed(members, compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return path

    return packed


def test_a_small_archive_opens_and_unpacks_under_our_names(pack, tmp_path):
    path = pack({"../../etc/evil.csv": "a,b\n", "__MACOSX/x": "", "folder/.hidden": ""})
    with open_zip(path, "export.zip") as archive:
        ((name, target),) = unpack(archive, "export.zip", tmp_path)
    assert name == "export.zip/../../etc/evil.csv"
    assert target.parent == tmp_path and target.read_text() == "a,b\n"


def test_an_archive_that_swells_200_times_is_refused(pack):
    with pytest.raises(ArchiveRefused, match="200 times"):
        open_zip(pack({"bomb.csv": b"\0" * (4 << 20)}), "export.zip")


def test_an_archive_that_promises_too_much_is_refused(pack, monkeypatch):
    monkeypatch.setattr(archives, "MAX_BYTES", 1000)
    with pytest.raises(ArchiveRefused, match="200 MiB"):
        open_zip(pack({"big.csv": "x" * 2000}, zipfile.ZIP_STORED), "export.zip")


def test_an_archive_of_too_many_files_is_refused(pack):
    with pytest.raises(ArchiveRefused, match="1,000 files"):
        open_zip(pack({str(n): "" for n in range(1001)}), "export.zip")


def test_a_directory_that_lies_about_sizes_is_caught_while_inflating(pack, monkeypatch):
    path = pack({"big.csv": "x" * 5000})
    with open_zip(path, "export.zip") as archive:
        monkeypatch.setattr(archives, "MAX_BYTES", 1000)
        with pytest.raises(ArchiveRefused, match="200 MiB"):
            inflate_all(archive, "export.zip")


def test_a_damaged_archive_is_refused(tmp_path):
    path = tmp_path / "cut.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(ArchiveRefused, match="damaged"):
        open_zip(path, "cut.zip")


def test_workbooks_are_no_archives_of_files(pack):
    with zipfile.ZipFile(pack({"[Content_Types].xml": "", "xl/workbook.xml": ""})) as book:
        assert is_office(book)
    with zipfile.ZipFile(pack({"a.csv": ""})) as exports:
        assert not is_office(exports)


def test_a_gzip_bomb_stops_early(tmp_path, monkeypatch):
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"\0" * (8 << 20)))
    monkeypatch.setattr(archives, "MAX_BYTES", 1 << 20)
    with gzip.open(path) as stream, pytest.raises(ArchiveRefused, match="200 times"):
        copy_inflated(stream, path.stat().st_size, "bomb.gz", tmp_path / "out")


def test_little_things_may_pack_well():
    assert not is_bomb(1 << 20, 1)
    assert is_bomb((1 << 20) + 1, 1)
