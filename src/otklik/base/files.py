"""Whole files or none: written beside, then moved into place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from otklik.base.errors import UserError
from otklik.base.text import N_


class CannotWrite(UserError):
    """The result has nowhere to go: facts `file`, `reason`."""

    code = "cannot-write"
    message = N_("%(file)s cannot be written: %(reason)s.")
    hint = N_("Choose another place with --out.")


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; put it in place when the block ends well, remove it otherwise."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise CannotWrite(file=str(path), reason=error.strerror or str(error)) from None
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise CannotWrite(file=str(path), reason=error.strerror or str(error)) from None
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
