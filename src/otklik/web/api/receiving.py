"""Take a body onto the disk piece by piece, with limits checked before and while it comes."""

import hashlib
import os
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Protocol

from django.http import HttpRequest

from otklik.base.crash_points import crash_point
from otklik.base.text import N_
from otklik.web.api.problems import TOLD, Refusal

PIECE: Final = 65_536
UNZIPPED_TIMES: Final = 8
_NOT_WHOLE: Final = N_("The body ended before the length that was told.")
_BAD_ZIP: Final = N_("The body is not whole gzip.")
_NO_ROOM: Final = N_("There is no room on the disk just now. Nothing was kept; try again later.")


@dataclass(frozen=True)
class Body:
    """A whole body on the disk."""

    size: int
    sha256: str


class _Digest(Protocol):
    def update(self, piece: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


def receive(request: HttpRequest, path: Path, *, zipped: bool, most: int) -> Body:
    """Write the body to `path` and wait until the disk has it; raise Refusal, and leave nothing, where that fails."""
    length = length_of(request, most)
    crash_point("push-before-file")
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            digest = _copy(request, file, length, Inflation(most * UNZIPPED_TIMES) if zipped else None)
            file.flush()
            os.fsync(file.fileno())
        _settle(path.parent)
    except OSError as error:
        _drop(path)
        raise Refusal(503, "no-room", _NO_ROOM, wait_s=30) from error
    except BaseException:
        _drop(path)
        raise
    crash_point("push-after-file")
    return Body(length, digest)


def length_of(request: HttpRequest, most: int) -> int:
    """The length that is told; raise Refusal where none is, or it is too long."""
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    if not told.isascii() or not told.isdigit() or request.headers.get("Transfer-Encoding"):
        raise Refusal(411, "length-required", TOLD[411])
    if int(told) > most:
        raise Refusal(413, "too-long", TOLD[413], most=most)
    if int(told) == 0:
        raise Refusal(400, "empty", N_("The body is empty."))
    return int(told)


def _copy(request: HttpRequest, file: IO[bytes], length: int, inflation: "Inflation | None") -> str:
    digest: _Digest = hashlib.sha256()
    left = length
    while left:
        piece = _read(request, min(PIECE, left))
        if not piece:
            raise Refusal(400, "not-whole", _NOT_WHOLE)
        left -= len(piece)
        digest.update(piece)
        if inflation is not None:
            inflation.take(piece)
        file.write(piece)
    if inflation is not None and not inflation.is_whole:
        raise Refusal(400, "bad-gzip", _BAD_ZIP)
    return digest.hexdigest()


def _read(request: HttpRequest, size: int) -> bytes:
    try:
        piece: bytes = request.read(size)
    except OSError as error:  # the other side is gone; it says so instead of the disk
        raise Refusal(400, "not-whole", _NOT_WHOLE) from error
    return piece


class Inflation:
    """Counts what gzip unfolds to, without keeping it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._unzip: Any = None
        self.is_whole = False

    def take(self, piece: bytes) -> None:
        """Unfold one more piece; raise Refusal for what is no gzip or becomes too long."""
        while piece:
            if self._unzip is None:
                self._unzip, self.is_whole = zlib.decompressobj(wbits=31), False
            try:
                self.size += len(self._unzip.decompress(piece, PIECE))
            except zlib.error as error:
                raise Refusal(400, "bad-gzip", _BAD_ZIP) from error
            if self.size > self.most:
                raise Refusal(413, "too-long", TOLD[413], most=self.most)
            piece = self._unzip.unconsumed_tail
            if self._unzip.eof:
                piece, self._unzip, self.is_whole = self._unzip.unused_data, None, True


def _settle(folder: Path) -> None:
    """Wait until the disk knows the name of the file as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
