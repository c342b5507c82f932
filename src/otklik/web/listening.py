"""Whether nobody else listens where we want to: two servers on one port would share the visitors without a word."""

import errno
import socket
import time

from otklik.base.errors import UserError
from otklik.base.text import N_

PATIENCE_S = 5.0
"""A server that was told to stop a moment ago may still be ending."""


class PortTaken(UserError):
    """Another program listens there: facts `address`."""

    code = "port-taken"
    message = N_("Another program already listens at %(address)s.")
    hint = N_("If it is Otklik, open it in a browser; to start one more, give it another port with --port.")


class CannotListen(UserError):
    """The system does not let us listen there: facts `address`, `reason`."""

    code = "cannot-listen"
    message = N_("It is not possible to listen at %(address)s: %(reason)s.")
    hint = N_("Ports below 1024 belong to the administrator; the host must be an address of this machine.")


def check_address(host: str, port: int, patience_s: float = PATIENCE_S) -> None:
    """Raise PortTaken or CannotListen unless the address is free; one that was just left may be so in a moment.

    The web server itself asks to share the port (SO_REUSEPORT), so it would not notice; a socket that does not is
    refused as long as any other listens. SO_REUSEADDR passes over connections that are only waiting to be forgotten.
    """
    until = time.monotonic() + patience_s
    while True:
        try:
            return _bind(host, port)
        except PortTaken:
            if time.monotonic() >= until:
                raise
            time.sleep(0.1)


def _bind(host: str, port: int) -> None:
    address = f"{f'[{host}]' if ':' in host else host}:{port}"
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as ours:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            ours.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(address=address) from None
        raise CannotListen(address=address, reason=error.strerror or str(error)) from None
