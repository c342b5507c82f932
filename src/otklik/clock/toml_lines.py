"""Where in a TOML text a setting stands: the parser forgets the lines, people need them."""

import re
from collections.abc import Sequence

Path = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


class TomlLines:
    """The lines of a TOML text by the path of what stands on them; blocks of [[arrays]] are numbered from 0."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._line_of = _line_of_paths(self._lines)

    def line(self, path: Path, holding: str = "") -> int:
        """Return the line (from 1) of a setting, or of the nearest thing around it.

        With `holding`, the first line from there on with that text in it, as for one item of a long list.
        """
        while path and path not in self._line_of:
            path = path[:-1]
        line = self._line_of.get(path, 1)
        if holding:
            later = (n for n in self._line_of.values() if n > line)
            stop = min(later, default=len(self._lines) + 1)
            return next((n for n in range(line, stop) if holding in self._lines[n - 1]), line)
        return line


def _line_of_paths(lines: Sequence[str]) -> dict[Path, int]:
    found: dict[Path, int] = {}
    blocks: dict[Path, int] = {}
    here: Path = ()
    for n, line in enumerate(lines, start=1):
        if header := _HEADER.fullmatch(line):
            here = _resolve(_parts(header[2]), blocks)
            if header[1] == "[[":
                number = blocks.get(here, -1) + 1
                blocks[here] = number
                here = (*here, number)
            found.setdefault(here, n)
        elif key := _KEY.match(line):
            found.setdefault((*here, *_parts(key[1])), n)
    return found


def _resolve(parts: Path, blocks: dict[Path, int]) -> Path:
    """Put the number of the latest block behind each name that stands for an array of tables."""
    path: Path = ()
    for n, part in enumerate(parts):
        path = (*path, part)
        if path in blocks and n + 1 < len(parts):
            path = (*path, blocks[path])
    return path


def _parts(key: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(key))
