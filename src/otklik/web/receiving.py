"""Files that browsers send: streamed to the disk under names of our own, never more than is allowed."""

import errno
import os
import re
import secrets
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler
from django.http import HttpRequest

from otklik.base.errors import UserError
from otklik.base.text import N_

SMALL_BYTES = 10 * 2**20
AROUND_BYTES = 2**20
"""What a form weighs beside its files."""
LONGEST_NAME = 200
_SPACES = re.compile(r"\s+")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class TooLarge(UserError):
    """More than one upload may hold: facts `mib`."""

    code = "upload-too-large"
    message = N_("The files are too large: one upload holds %(mib)s MiB at most.")
    hint = N_("Export a shorter period, or lay the files into the inbox folder of the server.")


class NoRoom(UserError):
    """The disk is full."""

    code = "no-room"
    message = N_("There is no room left on the server's disk; nothing of the upload was kept.")
    hint = N_("Tell your administrator, and try again when there is room.")


class SmallFiles(MemoryFileUploadHandler):
    """For every page but the one for uploads: a few small files, in memory."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *more: Any, **named: Any) -> None:
        """Refuse before anything is read."""
        if content_length > SMALL_BYTES:
            raise RequestDataTooBig("only the page for uploads takes large files")
        self.activated = True


class Stored(UploadedFile):
    """A file that lies on the disk; `path` says where, `name` how its owner calls it."""

    def __init__(self, path: Path, name: str, size: int) -> None:
        super().__init__(BytesIO(), name, size=size)
        self.path = path


class ToDisk(FileUploadHandler):
    """Writes each file to the uploads folder while it comes in."""

    def __init__(self, request: HttpRequest, most_bytes: int) -> None:
        super().__init__(request)
        self.left = most_bytes
        self.written: list[Path] = []

    def new_file(self, *given: Any, **named: Any) -> None:
        """Begin a file: a random name, no ending, nobody else may read it."""
        super().new_file(*given, **named)
        path = settings.DATA.uploads / secrets.token_hex(16)
        self.handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.written.append(path)

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        """Write a piece."""
        self.left -= len(raw_data)
        if self.left < 0:
            os.close(self.handle)
            raise too_large()
        try:
            write_all(self.handle, raw_data)
        except OSError as error:
            os.close(self.handle)
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise NoRoom from error
            raise

    def file_complete(self, file_size: int) -> Stored:
        """End a file; it is on the disk for good before anybody hears of it."""
        os.fsync(self.handle)
        os.close(self.handle)
        return Stored(self.written[-1], str(self.file_name), file_size)

    def forget(self, *but: Path) -> None:
        """Delete what came and is not wanted."""
        for path in self.written:
            if path not in but:
                path.unlink(missing_ok=True)


def write_all(handle: int, data: bytes) -> None:
    """Write every byte, however few the system takes at once."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def refuse_too_long(request: HttpRequest, most_bytes: int) -> None:
    """Look at the promised length before a single byte is read; raise TooLarge."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdigit() or int(length) > most_bytes + AROUND_BYTES:
        raise too_large()


def too_large() -> TooLarge:
    """Say it with the limit of this installation."""
    return TooLarge(mib=settings.UPLOAD_MAX_BYTES >> 20)


def clean_name(name: str) -> str:
    """Write a file's name as data: composed letters, nothing invisible, no way out of its folder, never empty."""
    parts = [_clean_part(part) for part in unicodedata.normalize("NFC", name).replace("\\", "/").split("/")]
    kept = [part for part in parts if part.strip(".")]
    path = "/".join(kept[-4:]) or "file"
    if len(path) <= LONGEST_NAME:
        return path
    stem, dot, ending = path.rpartition(".")
    ending = dot + ending if len(ending) <= 12 else ""
    return (stem if ending else path)[: LONGEST_NAME - len(ending)] + ending


def _clean_part(part: str) -> str:
    seen = "".join(" " if sign.isspace() else sign for sign in part)
    return _SPACES.sub(" ", "".join(sign for sign in seen if unicodedata.category(sign) not in _INVISIBLE)).strip()
