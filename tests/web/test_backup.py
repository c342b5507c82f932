"""A backup taken while others write, restored elsewhere, is a whole installation; a damaged one changes nothing."""

import gzip
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from otklik.actions import keep_log
from otklik.actions.import_log import Records, import_log
from otklik.web import backup
from otklik.web.backup import FolderInUse, InsideItself, NotABackup, NothingToBackUp, OtherDatabase, ToolMissing
from tests.faults.postgres import Postgres, own_postgres

ROWS = "Ticket,Opened,First reply,Resolved,Status\nR{n},2026-03-02 09:00,2026-03-02 09:30,2026-03-02 12:00,resolved\n"
FILL = """
import sys
from pathlib import Path
from otklik.web.serve import prepare
folder = Path(sys.argv[1])
prepare(folder)
from otklik.web.accounts.models import AuditEntry, Company
from otklik.web.accounts.owners import first_owner
first_owner("owner@example.org", "correct horse battery")
"""
WRITE = (
    FILL
    + """
from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log
from otklik.web.accounts.audit import record
n = 0
while True:
    n += 1
    file = folder.parent / "rows.csv"
    file.write_text(sys.argv[2].replace("{n}", str(n)))
    add_to_log(folder / "log", import_log(Records((str(file),))))
    for _ in range(20):
        record(None, "test.wrote", str(n))
    print(n, flush=True)
"""
)
HELD = "select count(*) from accounts_auditentry where verb = 'test.wrote'"


@pytest.fixture(autouse=True)
def _sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


def run(script: str, folder: Path, *told: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", script, str(folder), *told],
        env=environment_for(folder, **environment),
        capture_output=True,
        text=True,
        check=True,
    )


def environment_for(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "OTKLIK_DATA")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "otklik.web.settings", "OTKLIK_DATA": str(folder), **more}


def otklik(folder: Path, *told: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "otklik", *told, "--data", str(folder)],
        env=environment_for(folder, **environment),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with an owner, a log and an upload on its way."""
    folder = tmp_path_factory.mktemp("template") / "data"
    run(FILL, folder)
    rows = folder.parent / "rows.csv"
    rows.write_text(ROWS.format(n=1))
    keep_log.add_to_log(folder / "log", import_log(Records((str(rows),))))
    (folder / "inbox").mkdir(exist_ok=True)
    (folder / "inbox" / "next.csv").write_text(ROWS.format(n=2))
    (folder / "static").mkdir(exist_ok=True)
    (folder / "static" / "made-anew.css").write_text("")
    return folder


@pytest.fixture
def installed(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "installed"))


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything that a backup promises to hold, but for the database."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    left_out = ("otklik.sqlite3", "static/", "remembered/", "handed-out/", "log/kept/", "log/writer.lock")
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(left_out)}


def rows_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database."""
    connection = sqlite3.connect(folder / "otklik.sqlite3")
    try:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return {name: connection.execute(f'select * from "{name}" order by 1').fetchall() for name in tables}
    finally:
        connection.close()


def test_the_restored_copy_is_the_same(installed: Path, tmp_path: Path) -> None:
    file = backup.back_up(installed, tmp_path / "backup.tgz")
    assert file.stat().st_mode & 0o777 == 0o600
    n = backup.restore(file, tmp_path / "new")
    assert files_of(tmp_path / "new") == files_of(installed)
    assert {"secret.key", "inbox/next.csv"} <= files_of(installed).keys()
    assert n == len(files_of(installed)) + 1, "and the database"
    assert rows_of(tmp_path / "new") == rows_of(installed)
    assert len(rows_of(installed)["accounts_user"]) == 1
    assert not list((tmp_path / "new").glob(".restoring*"))
    assert keep_log.describe_log(tmp_path / "new" / "log")[0].requests == 1


@pytest.fixture
def writer(tmp_path: Path) -> "Iterator[tuple[Path, subprocess.Popen[str]]]":
    """Another process that writes rows and imports without a pause."""
    folder = tmp_path / "data"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(folder), ROWS], env=environment_for(folder), stdout=subprocess.PIPE, text=True
    )
    try:
        yield folder, process
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_while_another_process_writes_it_is_a_whole_state(
    writer: "tuple[Path, subprocess.Popen[str]]", tmp_path: Path
) -> None:
    folder, process = writer
    assert process.stdout is not None
    for turn in range(3):
        acknowledged = int(process.stdout.readline())
        backup.back_up(folder, tmp_path / f"{turn}.tgz")
        new = tmp_path / f"new{turn}"
        backup.restore(tmp_path / f"{turn}.tgz", new)
        connection = sqlite3.connect(new / "otklik.sqlite3")
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        (held,) = connection.execute(HELD).fetchone()
        connection.close()
        assert held >= acknowledged * 20, "whatever was acknowledged before is in it"
        assert keep_log.describe_log(new / "log")[0].requests >= acknowledged
    assert process.poll() is None, "nobody had to stop writing"
    examined = otklik(new, "doctor")
    assert examined.returncode == 0, examined.stdout + examined.stderr


def test_killed_in_the_middle_there_is_no_backup_and_the_old_one_stays(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "b.tgz").write_bytes(b"the one of yesterday")
    killed = otklik(installed, "backup", str(tmp_path / "b.tgz"), OTKLIK_CRASH_AT="backup-mid")
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "b.tgz").read_bytes() == b"the one of yesterday"


def assert_refused(file: Path, folder: Path) -> NotABackup:
    with pytest.raises(NotABackup) as error:
        backup.restore(file, folder)
    assert list(folder.iterdir()) == [], "nothing of it stays"
    return error.value


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_file_is_refused(installed: Path, tmp_path: Path, part: float) -> None:
    file = backup.back_up(installed, tmp_path / "b.tgz")
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])
    assert_refused(file, tmp_path / "new")


@pytest.mark.parametrize("part", [0.02, 0.2, 0.4, 0.6, 0.8])
def test_a_changed_byte_is_found(installed: Path, tmp_path: Path, part: float) -> None:
    file = backup.back_up(installed, tmp_path / "b.tgz")
    file.write_bytes(changed(file.read_bytes(), part))
    assert_refused(file, tmp_path / "new")


def changed(whole: bytes, part: float) -> bytes:
    """One byte is another, where that matters: the same bytes can be packed in more than one way."""
    for place in range(int(len(whole) * part), len(whole)):
        found = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        try:
            if gzip.decompress(found) != gzip.decompress(whole):
                return found
        except (OSError, EOFError, zlib.error):
            return found
    raise AssertionError("no byte of it matters")


def repacked(file: Path, change: str) -> Path:
    """The same backup, changed by somebody who knows how to pack."""
    target = file.with_name("changed.tgz")
    with tarfile.open(file) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = old.extractfile(member).read()  # type: ignore[union-attr]
            if change == "no-manifest" and member.name == backup.MANIFEST:
                continue
            if change == "other-content" and member.name == "inbox/next.csv":
                content = b"X" * len(content)
            if change == "left-out" and member.name == "inbox/next.csv":
                continue
            new.addfile(member, io.BytesIO(content))
        if change in ("one-more", "outside"):
            more = tarfile.TarInfo("inbox/more.csv" if change == "one-more" else "../outside.csv")
            more.size = 1
            new.addfile(more, io.BytesIO(b"x"))
    return target


@pytest.mark.parametrize("change", ["no-manifest", "other-content", "left-out", "one-more", "outside"])
def test_a_tampered_file_is_refused(installed: Path, tmp_path: Path, change: str) -> None:
    file = repacked(backup.back_up(installed, tmp_path / "b.tgz"), change)
    assert_refused(file, tmp_path / "new")
    assert not (tmp_path / "outside.csv").exists()


def test_repacked_without_a_change_it_is_taken(installed: Path, tmp_path: Path) -> None:
    assert backup.restore(repacked(backup.back_up(installed, tmp_path / "b.tgz"), ""), tmp_path / "new")


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.tgz").write_text("Ticket,Opened")
    assert_refused(tmp_path / "b.tgz", tmp_path / "new")


def test_a_folder_in_use_is_not_touched(installed: Path, tmp_path: Path) -> None:
    file = backup.back_up(installed, tmp_path / "b.tgz")
    before = files_of(installed), rows_of(installed)
    with pytest.raises(FolderInUse):
        backup.restore(file, installed)
    assert (files_of(installed), rows_of(installed)) == before


def test_nothing_and_a_place_inside_are_said(installed: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingToBackUp):
        backup.back_up(tmp_path / "nowhere", tmp_path / "b.tgz")
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(InsideItself):
        backup.back_up(installed, installed / "inbox" / "b.tgz")


def test_the_commands_say_what_they_did(installed: Path, tmp_path: Path) -> None:
    made = otklik(installed, "backup", str(tmp_path / "b.tgz"))
    assert (made.returncode, str(tmp_path / "b.tgz") in made.stdout) == (0, True), made.stderr
    back = otklik(tmp_path / "new", "restore", str(tmp_path / "b.tgz"))
    assert (back.returncode, "restored and checked" in back.stdout) == (0, True), back.stderr
    again = otklik(tmp_path / "new", "restore", str(tmp_path / "b.tgz"))
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)


def test_the_doctor_says_what_is_wrong_and_what_to_try(installed: Path, tmp_path: Path) -> None:
    assert otklik(installed, "doctor").returncode == 0
    (installed / "secret.key").chmod(0o644)
    examined = otklik(installed, "doctor", OTKLIK_LANG="ru")
    assert examined.returncode == 1
    assert "chmod 600" in examined.stdout and "могут прочитать" in examined.stdout
    nowhere = otklik(tmp_path / "nowhere", "doctor")
    assert (nowhere.returncode, (tmp_path / "nowhere").exists()) == (2, False)


def test_a_backup_of_the_other_database_is_refused_before_anything(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backup.back_up(installed, tmp_path / "b.tgz")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(OtherDatabase):
        backup.restore(file, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_no_list_of_processes_shows_the_password(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[str], str]] = []

    def spy(command: list[str], *, env: dict[str, str], **_: object) -> None:
        seen.append((command, env["PGPASSWORD"]))
        raise FileNotFoundError(command[0])

    monkeypatch.setattr(subprocess, "run", spy)
    monkeypatch.setenv("DATABASE_URL", "postgresql://otklik:se%40cret@127.0.0.1:1/none")
    with pytest.raises(ToolMissing):
        backup.back_up(installed, tmp_path / "b.tgz")
    ((command, password),) = seen
    assert password == "se@cret"
    assert "se" not in " ".join(command).replace(str(tmp_path), "").split("postgresql://")[1]
    assert not (tmp_path / "b.tgz").exists()


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with own_postgres() as found:
        yield found


@pytest.mark.slow
def test_an_installation_on_postgresql_goes_into_an_empty_one(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(FILL, tmp_path / "data", DATABASE_URL=postgres.url)
    monkeypatch.setenv("DATABASE_URL", postgres.url)
    file = backup.back_up(tmp_path / "data", tmp_path / "b.tgz")
    with pytest.raises(backup.DatabaseInUse):
        backup.restore(file, tmp_path / "full")
    assert list((tmp_path / "full").iterdir()) == []
    monkeypatch.setenv("DATABASE_URL", empty := postgres.new_database("restored"))
    backup.restore(file, tmp_path / "new")
    assert not list((tmp_path / "new").glob("*.pgdump"))
    examined = otklik(tmp_path / "new", "doctor", DATABASE_URL=empty)
    assert examined.returncode == 0, examined.stdout + examined.stderr
    count = "from otklik.web.serve import set_up; set_up(); from otklik.web.accounts.models import User; "
    told = run(
        count + "print(list(User.objects.values_list('email', flat=True)))", tmp_path / "new", DATABASE_URL=empty
    )
    assert told.stdout.strip() == "['owner@example.org']"
