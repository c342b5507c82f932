"""Say which locked packages have a newer patch of the same series: mends of known holes come as patches.

It asks the registry that pip is set up with, so it is no part of the tests. `pip-audit` knows holes by their name and
asks another database; this works where that one cannot be reached.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from packaging.version import InvalidVersion, Version

from tools.bill_of_materials import LOCK, locked

Offered = Callable[[str], Iterable[str]]


def offered(name: str) -> list[str]:
    """Every version of a package that the registry offers; raises where it cannot be asked."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "index", "versions", name]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"^Available versions: (.+)$", told, re.MULTILINE)
    return found[1].split(", ") if found else []


def newest_patch(version: str, versions: Iterable[str]) -> str | None:
    """The newest final version of the same series (its first two numbers), where that is newer."""
    have = Version(version)
    known = (one for text in versions if (one := _read(text)) and not one.is_prerelease)
    newest = max((one for one in known if _series(one) == _series(have)), default=have)
    return str(newest) if newest > have else None


def _series(version: Version) -> tuple[int, ...]:
    return (*version.release, 0)[:2]


def _read(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def behind(lock: str, ask: Offered = offered) -> Iterator[str]:
    """A line for each package of a lock file that a patch has come out for."""
    for one in locked(lock):
        newest = newest_patch(one.version, ask(one.name))
        if newest:
            yield f"{one.name} {one.version}: {newest} is out"


def main() -> int:
    """Print what is behind; 1 where anything is."""
    found = list(behind(Path(LOCK).read_text("utf-8")))
    print("\n".join(found) or "Every locked package stands at the newest patch of its series.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
