"""No network for a process that reads what strangers wrote.

On Linux (x86-64 and ARM64) the kernel itself refuses every socket but those between local processes: a seccomp
filter, which needs no rights, cannot be taken off again and holds for children too. Elsewhere, and where a container
forbids filters, only Python's own sockets are refused; code of another kind could still get out there.
"""

import ctypes
import platform
import socket
import struct
import sys
from typing import Any, Final, NoReturn

_SOCKET_CALL: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: how the kernel names it, and the number of the call `socket`."""
_X32: Final = 0x40000000
_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_FILTER: Final = 2
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 1  # EPERM
_KILL: Final = 0x80000000
_LOAD: Final = 0x20
_IF_EQUAL: Final = 0x15
_IF_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_NUMBER, _MACHINE, _FAMILY = 0, 4, 16  # where they stand in seccomp_data


class NoNetwork(PermissionError):
    """Something in this process wanted to reach the network."""


def go_offline() -> bool:
    """Refuse sockets from now on, for good; True where the kernel sees to it."""
    by_kernel = sys.platform == "linux" and _filter()
    socket.socket = _Refused  # type: ignore[misc]
    socket.create_connection = _refuse
    socket.getaddrinfo = _refuse
    return by_kernel


class _Refused(socket.socket):
    def __init__(self, *_given: Any, **_named: Any) -> None:
        _refuse()


def _refuse(*_given: Any, **_named: Any) -> NoReturn:
    raise NoNetwork("a reader has no network")


def _filter() -> bool:
    known = _SOCKET_CALL.get(platform.machine())
    if known is None:
        return False
    program = _program(*known)
    code = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code)))
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return False
    prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong)
    if prctl(_NO_NEW_PRIVILEGES, 1, None, 0, 0) != 0:
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(head), 0, 0) == 0)


def _program(machine: int, call: int) -> bytes:
    """Load the machine, the number, the family; whatever is no `socket` for another family than AF_UNIX passes."""
    steps = (
        (_LOAD, 0, 0, _MACHINE),
        (_IF_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_IF_AT_LEAST, 3, 0, _X32),
        (_IF_EQUAL, 0, 3, call),
        (_LOAD, 0, 0, _FAMILY),
        (_IF_EQUAL, 1, 0, int(socket.AF_UNIX)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    return b"".join(struct.pack("HBBI", *step) for step in steps)
