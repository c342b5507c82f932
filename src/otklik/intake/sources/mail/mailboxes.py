"""Single letters out of mbox files, maildirs and .eml files, as much of each as is needed to understand it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from otklik.intake.source import Input

LETTER_BYTES: Final = 256 << 10
"""What is read of a letter: its headers and the beginning of its text."""
LINE_BYTES: Final = 1 << 20

_FROM_LINE = re.compile(rb"From \S.*\d\d:\d\d")
_HEADER = re.compile(rb"^([!-9;-~]+)[ \t]*:", re.MULTILINE)
_MAIL_HEADERS: Final = frozenset(
    {b"from", b"to", b"date", b"subject", b"message-id", b"received", b"return-path", b"mime-version", b"delivered-to"}
)


@dataclass(frozen=True, slots=True)
class RawLetter:
    """One letter as bytes: `row` its number in the file."""

    file: str
    row: int
    text: bytes


def looks_like_mail(item: Input) -> bool:
    """Whether a file begins like a mailbox or a letter: a From line, or headers that only mail has."""
    head = item.head.lstrip(b"\xef\xbb\xbf\r\n")
    if b"\0" in head[:1000]:
        return False
    if is_mbox(head):
        return True
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    names = {name.lower() for name in _HEADER.findall(headers)}
    known = len(names & _MAIL_HEADERS)
    return known >= 2 or (item.suffix == ".eml" and known >= 1)


def is_mbox(head: bytes) -> bool:
    """Whether the file keeps several letters, each after a line 'From sender date'."""
    return _FROM_LINE.match(head.lstrip(b"\r\n")) is not None


def read_letters(item: Input) -> Iterator[RawLetter]:
    """Give each letter of a file."""
    with item.open() as stream:
        if is_mbox(item.head):
            yield from _mbox(item.name, stream)
        else:
            text = stream.read(LETTER_BYTES)
            if text.strip():
                yield RawLetter(item.name, 1, text)


def _mbox(name: str, stream: IO[bytes]) -> Iterator[RawLetter]:
    row, size, blank = 0, 0, True
    lines: list[bytes] = []
    for line in iter(lambda: stream.readline(LINE_BYTES), b""):
        if blank and _FROM_LINE.match(line):
            if row:
                yield RawLetter(name, row, b"".join(lines))
            row, size, lines = row + 1, 0, []
        elif size < LETTER_BYTES and row:
            lines.append(line[1:] if line.startswith((b">From ", b">>From ")) else line)
            size += len(line)
        blank = not line.strip()
    if row:
        yield RawLetter(name, row, b"".join(lines))
