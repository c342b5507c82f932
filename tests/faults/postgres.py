"""A PostgreSQL of a test's own; without the server's programs the test is left out, which CI does not allow."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "postgres.sh"


@dataclass(frozen=True)
class Postgres:
    """Where it answers, and how to disturb it."""

    folder: Path
    url: str

    def restart(self, how: str = "fast") -> None:
        subprocess.run([SCRIPT, "restart", str(self.folder), how], check=True, timeout=120)

    def new_database(self, name: str) -> str:
        """One more database, empty."""
        address = self.url.rpartition("/")[0]
        subprocess.run(
            [_program("psql"), "-q", "--dbname", self.url, "-c", f'create database "{name}"'], check=True, timeout=120
        )
        return f"{address}/{name}"


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else name


@contextmanager
def own_postgres() -> Iterator[Postgres]:
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        if os.environ.get("CI") == "true":
            pytest.fail("CI=true, but there is no PostgreSQL for these tests")
        pytest.skip("no PostgreSQL: install Debian's postgresql to run these tests")
    folder = Path(tempfile.mkdtemp(prefix="otklik-postgres-"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    try:
        told = subprocess.run(
            [SCRIPT, "start", str(folder), str(port)], check=True, timeout=180, stdout=subprocess.PIPE, text=True
        )
        yield Postgres(folder, told.stdout.strip().splitlines()[-1])
    finally:
        subprocess.run([SCRIPT, "stop", str(folder)], check=False, timeout=120)
        shutil.rmtree(folder, ignore_errors=True)
