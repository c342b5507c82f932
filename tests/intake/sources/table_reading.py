"""Tables written out in tests, read like files."""

from pathlib import Path

import pytest

from otklik.intake import ReadOptions, read_log
from otklik.schemas.log import ServiceLog


class Desk:
    """A folder of tables: write one, read it, look at what came out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, text: str | bytes, name: str = "desk.csv", encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    def read(self, text: str | bytes, name: str = "desk.csv", encoding: str = "utf-8", **told: object) -> ServiceLog:
        return read_log([self.write(text, name, encoding)], ReadOptions(**told), format="table")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def story(log: ServiceLog) -> list[str]:
    """Events as lines: '2024-03-04 10:00:00 1 created customer'."""
    return [
        " ".join([f"{e['at']:%Y-%m-%d %H:%M:%S}", e["request"], e["kind"], e["by"], *filter(None, [e["status"]])])
        for e in log.events.to_pylist()
    ]


def instants(log: ServiceLog) -> list[str]:
    return [line[:19] for line in story(log)]


def guessed(log: ServiceLog, what: str) -> dict[str, str]:
    """Value -> the reason in words."""
    return {guess.value: guess.reason % guess.facts for guess in log.guesses if guess.what == what}


def set_aside(log: ServiceLog) -> list[tuple[int, str]]:
    return sorted((row["row"], row["reason"]) for row in log.quarantine.to_pylist())
