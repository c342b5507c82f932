"""The one folder in which an installation keeps everything: database, log, uploads, secrets."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "OTKLIK_DATA"
DEFAULT = Path("otklik-data")


@dataclass(frozen=True)
class DataFolder:
    """Where things lie; folders are made when they are first asked for, readable by their owner only."""

    path: Path

    @classmethod
    def from_environment(cls) -> "DataFolder":
        """The folder named by OTKLIK_DATA, else `otklik-data` beside us."""
        return cls(Path(os.environ.get(VARIABLE) or DEFAULT).resolve())

    @property
    def database(self) -> Path:
        """The SQLite file of the application."""
        return self._made(self.path) / "otklik.sqlite3"

    @property
    def log(self) -> Path:
        """The service log (Delta tables)."""
        return self.path / "log"

    @property
    def uploads(self) -> Path:
        """Files brought in, each under a random name."""
        return self._made(self.path / "uploads")

    @property
    def inbox(self) -> Path:
        """Files somebody laid here are imported by themselves."""
        return self._made(self.path / "inbox")

    @property
    def handed_out(self) -> Path:
        """Reports and exports made for download."""
        return self._made(self.path / "handed-out")

    @property
    def calendars(self) -> Path:
        """The calendars of the company as TOML, one file a state, named by content."""
        return self._made(self.path / "calendars")

    @property
    def static(self) -> Path:
        """Files of the pages, collected for a web server in front of us."""
        return self._made(self.path / "static")

    @property
    def remembered(self) -> Path:
        """Results worked out before; may be deleted at any time."""
        return self._made(self.path / "remembered")

    def secret_key(self) -> str:
        """The key that signs cookies and links; made at the first start, readable by its owner only."""
        return self._secret("secret.key", lambda: secrets.token_urlsafe(48))

    def vault_key(self) -> str:
        """The key under which passwords of other systems are kept; it never enters the database."""
        from cryptography.fernet import Fernet

        return self._secret("vault.key", lambda: Fernet.generate_key().decode("ascii"))

    def _secret(self, name: str, make: Callable[[], str]) -> str:
        path = self._made(self.path) / name
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text("ascii").strip()
        value = make()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(value)
        return value

    @staticmethod
    def _made(path: Path) -> Path:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path
