"""The one way out: requests to addresses that somebody typed in, which never reach the inside of the network.

The name is resolved once and the connection goes to the very address that was checked, so a name that changes its mind
in between (DNS rebinding) leads nowhere. Redirects are not followed. What is not plain, public unicast is refused,
whatever it is wrapped in, unless the owner of the installation lists its network in OTKLIK_FETCH_NETWORKS.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.web.public_addresses import Address, is_allowed

CONNECT_S: Final = 5.0
WHOLE_S: Final = 30.0
MOST_BYTES: Final = 1_048_576
LONGEST_URL: Final = 2_000
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
AGENT: Final = "otklik"


class AddressRefused(UserError):
    """An address we do not call: facts `url`, `reason` (a catalogue key)."""

    code = "address-refused"
    message = N_("The address cannot be used: %(reason)s.")
    hint = N_("Give an http:// or https:// address that can be reached from the internet.")


class Unreachable(UserError):
    """Nobody answered as they should: facts `host`, `reason`."""

    code = "unreachable"
    message = N_("%(host)s does not answer: %(reason)s.")


@dataclass(frozen=True)
class Answer:
    """What came back; `cut` = there was more than we take."""

    status: int
    body: bytes
    cut: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Target:
    """A checked address: where to connect, and what to call it."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[Address, ...]


Resolver = Callable[[str, int], Iterable[str]]


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the system once for all addresses of a name; raise Unreachable when it takes too long."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(CONNECT_S)
    if not found or isinstance(found[0], Exception):
        raise Unreachable(host=host, reason="name")
    return [str(row[4][0]) for row in found[0]]


def check(url: str, *, resolve: Resolver = system_resolver) -> Target:
    """Read an address and look where it leads; raise AddressRefused for what must not be called."""
    parts, port = _parsed(url)
    host = _ascii(str(parts.hostname), url)
    networks = [ipaddress.ip_network(text, strict=False) for text in settings.FETCH_NETWORKS]
    addresses = tuple(dict.fromkeys(_address(text, url) for text in resolve(host, port)))
    if not addresses:
        raise Unreachable(host=host, reason="name")
    if not all(is_allowed(address, networks) for address in addresses):
        raise AddressRefused(url=url, reason=N_("it leads into a network that is not public"))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, addresses)


def fetch(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    resolve: Resolver = system_resolver,
    whole_s: float = WHOLE_S,
) -> Answer:
    """Call an address; raise AddressRefused or Unreachable. A redirect is an answer like any other."""
    target = check(url, resolve=resolve)
    until = time.monotonic() + whole_s
    try:
        wire = _connected(target, min(CONNECT_S, whole_s))
        with wire.dup() as handle:
            watch = threading.Timer(max(0.0, until - time.monotonic()), _cut_off, [handle])
            watch.daemon = True
            watch.start()
            try:
                answer = _asked(_spoken(target, wire), method, target, body, headers or {})
            finally:
                watch.cancel()
                watch.join()
        if time.monotonic() >= until:
            raise TimeoutError
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        reason = "timeout" if time.monotonic() >= until else type(error).__name__
        raise Unreachable(host=target.host, reason=reason) from error
    return answer


def _parsed(url: str) -> tuple[SplitResult, int]:
    if len(url) > LONGEST_URL or any(ord(c) <= 32 or ord(c) == 127 or c == "\\" for c in url):
        raise AddressRefused(url=url[:200], reason=N_("it holds signs that do not belong into an address"))
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise AddressRefused(url=url, reason=N_("it is no address")) from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise AddressRefused(url=url, reason=N_("it does not begin with http:// or https://"))
    if "@" in parts.netloc:
        raise AddressRefused(url=url, reason=N_("it holds a user name or a password"))
    if port not in settings.FETCH_PORTS:
        raise AddressRefused(url=url, reason=N_("this port is not on the list"))
    return parts, port


def _ascii(host: str, url: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise AddressRefused(url=url, reason=N_("it is no address")) from error


def _address(text: str, url: str) -> Address:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError as error:
        raise AddressRefused(url=url, reason=N_("it is no address")) from error


def _connected(target: Target, timeout_s: float) -> socket.socket:
    """Connect to the first checked address that answers."""
    until = time.monotonic() + timeout_s
    last: OSError = TimeoutError()
    for address in target.addresses:
        try:
            wire = socket.create_connection((str(address), target.port), max(0.05, until - time.monotonic()))
        except OSError as error:
            last = error
            continue
        wire.settimeout(WHOLE_S)
        return wire
    raise last


def _spoken(target: Target, wire: socket.socket) -> HTTPConnection:
    """Speak HTTP over a connection that stands already; name and certificate are those of the address."""
    connection: HTTPConnection
    if target.scheme == "https":
        context = ssl.create_default_context()
        connection = HTTPSConnection(target.host, target.port, ssl_context=context, timeout=WHOLE_S)
    else:
        connection = HTTPConnection(target.host, target.port, timeout=WHOLE_S)
    connection._new_conn = lambda: wire  # type: ignore[method-assign]
    try:
        connection.connect()
    except BaseException:
        wire.close()
        raise
    return connection


def _asked(connection: HTTPConnection, method: str, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
    told = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close", **headers}
    taken = b""
    try:
        connection.request(method, target.path, body=body, headers=told, preload_content=False, decode_content=False)
        response = connection.getresponse()
        while len(taken) <= MOST_BYTES:
            part = response.read(min(65_536, MOST_BYTES + 1 - len(taken)), decode_content=False)
            if not part:
                break
            taken += part
    finally:
        connection.close()
    return Answer(response.status, taken[:MOST_BYTES], len(taken) > MOST_BYTES, dict(response.headers))


def _cut_off(handle: socket.socket) -> None:
    """End a conversation that drags on, whatever it waits for."""
    with suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)
