"""Nothing typed in as an address reaches the inside: sixty spellings against a listener on the loopback."""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings

from otklik.web import fetching
from otklik.web.fetching import AddressRefused, Unreachable, fetch
from otklik.web.public_addresses import is_allowed


@dataclass
class Canary:
    """Listens on every loopback address and counts who comes; answers as told."""

    answer: Callable[[socket.socket], None]
    port: int = 0
    met: list[bytes] = field(default_factory=list)
    connects: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    def start(self) -> None:
        four = socket.create_server(("127.0.0.1", 0))
        self.port = four.getsockname()[1]
        self._open = [four]
        with suppress(OSError):  # a machine without IPv6
            self._open.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for listener in self._open:
            threading.Thread(target=self._listen, args=[listener], daemon=True).start()

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                found, _ = listener.accept()
            except OSError:
                return
            self.connects += 1
            threading.Thread(target=self._speak, args=[found], daemon=True).start()

    def _speak(self, found: socket.socket) -> None:
        with found:
            found.settimeout(5)
            try:
                self.met.append(found.recv(65_536))
                self.answer(found)
            except OSError:
                return

    def stop(self) -> None:
        for listener in self._open:
            listener.close()


def fine(wire: socket.socket) -> None:
    wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Canary]]:
    made: list[Canary] = []

    def make(answer: Callable[[socket.socket], None] = fine) -> Canary:
        canary = Canary(answer)
        canary.start()
        made.append(canary)
        monkeypatch.setattr(settings, "FETCH_PORTS", [80, 443, canary.port])
        return canary

    yield make
    for canary in made:
        canary.stop()


NAMES = {
    "inside.example": ["127.0.0.1"],
    "inside6.example": ["::1"],
    "both.example": ["93.184.216.34", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "office.example": ["10.0.0.5"],
}


def by_table(host: str, port: int) -> list[str]:
    """Names of ours; anything else as the system reads it, which knows all the odd ways to write a number."""
    if host in NAMES:
        return NAMES[host]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        raise Unreachable(host=host, reason="name") from None
    return [str(row[4][0]) for row in found]


HOSTS = [
    # plain
    "127.0.0.1", "127.0.0.2", "127.255.255.254", "localhost", "LOCALHOST", "localhost.", "0.0.0.0",
    # other ways to write the same number
    "2130706433", "0x7f000001", "0x7F.0.0.1", "0177.0.0.1", "0177.0.0.01", "127.1", "127.0.1", "0x7f.1", "017700000001",
    "0", "00.0.0.0", "127.0x0.0.1", "0x7f.0x0.0x0.0x1",
    # IPv6, and IPv4 wrapped in it
    "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
    "[2002:7f00:1::1]", "[2001:0:7f00:1::]", "[2001:0:5db8:d822:0:0:80ff:fffe]", "[fe80::5efe:127.0.0.1]",
    "[2a00:1450::5efe:7f00:1]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[fec0::1]", "[2001:db8::1]",
    # not public, and near the public ones
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "[::ffff:169.254.169.254]", "[::ffff:0:127.0.0.1]",
    # names that lead inside
    "inside.example", "inside6.example", "both.example", "mapped.example", "office.example",
    # signs that look like others
    "①②⑦.⓪.⓪.①", "127。0。0。1", "ｌｏｃａｌｈｏｓｔ",
]  # fmt: skip
WHOLE = [
    "http://93.184.216.34@127.0.0.1:{port}/", "http://127.0.0.1:{port}@93.184.216.34/", "http://user:word@localhost:{port}/",
    "http://127.0.0.1:{port}\\@93.184.216.34/", "http://93.184.216.34\\@127.0.0.1:{port}/", "http:///127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/", "//127.0.0.1:{port}/", "ftp://127.0.0.1:{port}/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/_x",
    "http://127.0.0.1:{port}/\r\nHost: x", "http://127.0.0.1%00.example:{port}/", "http://127.0.0.1 :{port}/", "http://:{port}/",
    "http://127.0.0.1:99999/", "http://93.184.216.34:22/", "unix:///run/x.sock", "", "http://",
]  # fmt: skip
SPELLINGS = [f"http://{host}:{{port}}/" for host in HOSTS] + WHOLE


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_reaches_the_inside(spelling: str, listening: Callable[..., Canary], monkeypatch: Any) -> None:
    canary = listening()
    tried: list[Any] = []
    monkeypatch.setattr(socket, "create_connection", lambda *where, **_: tried.append(where) or refuse())
    with pytest.raises((AddressRefused, Unreachable)):
        fetch("POST", spelling.format(port=canary.port), body=b"x", resolve=by_table)
    assert not tried, "nothing is even dialled"
    assert canary.connects == 0


def refuse() -> socket.socket:
    raise OSError("not in this test")


def test_the_table_is_long_enough_and_says_each_thing_once() -> None:
    assert len(SPELLINGS) >= 60
    assert len(set(SPELLINGS)) == len(SPELLINGS)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "inside.example"])
def test_without_the_check_the_same_spellings_would_arrive(
    host: str, listening: Callable[..., Canary], monkeypatch: Any
) -> None:
    canary = listening()
    monkeypatch.setattr(fetching, "is_allowed", lambda *_: True)
    assert fetch("GET", f"http://{host}:{canary.port}/", resolve=by_table).status == 200
    assert canary.connects == 1


def test_the_owner_may_list_a_network(listening: Callable[..., Canary], monkeypatch: Any) -> None:
    canary = listening()
    monkeypatch.setattr(settings, "FETCH_NETWORKS", ["127.0.0.0/8"])
    answer = fetch("POST", f"http://inside.example:{canary.port}/in?a=1", body=b"told", resolve=by_table)
    assert (answer.status, answer.body) == (200, b"hi")
    sent = canary.met[0].decode()
    assert sent.startswith("POST /in?a=1 HTTP/1.1\r\n")
    assert f"Host: inside.example:{canary.port}\r\n" in sent, "the name is told, the checked address is called"
    with pytest.raises(AddressRefused):
        fetch("GET", f"http://office.example:{canary.port}/", resolve=by_table)


def test_a_name_that_changes_its_mind_leads_nowhere(listening: Callable[..., Canary], monkeypatch: Any) -> None:
    canary = listening()
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    dialled: list[Any] = []

    def dial(where: tuple[str, int], *_: Any) -> socket.socket:
        dialled.append(where)
        raise OSError("no route in a test")

    monkeypatch.setattr(socket, "create_connection", dial)
    with pytest.raises(Unreachable):
        fetch("GET", f"http://rebinding.example:{canary.port}/", resolve=lambda *_: next(answers))
    assert dialled == [("93.184.216.34", canary.port)], "the address that was checked, and no second look"
    assert canary.connects == 0


def test_a_redirect_is_not_followed(listening: Callable[..., Canary], monkeypatch: Any) -> None:
    inner = listening()
    outer = listening(lambda wire: wire.sendall(
        f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{inner.port}/\r\nContent-Length: 0\r\n\r\n".encode()
    ))  # fmt: skip
    monkeypatch.setattr(settings, "FETCH_NETWORKS", ["127.0.0.0/8"])
    assert fetch("GET", f"http://inside.example:{outer.port}/", resolve=by_table).status == 302
    assert inner.connects == 0


def test_an_answer_without_end_is_cut(listening: Callable[..., Canary], monkeypatch: Any) -> None:
    def pour(wire: socket.socket) -> None:
        wire.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(1_000):
            wire.sendall(b"x" * 65_536)

    canary = listening(pour)
    monkeypatch.setattr(settings, "FETCH_NETWORKS", ["127.0.0.0/8"])
    answer = fetch("GET", f"http://127.0.0.1:{canary.port}/")
    assert (len(answer.body), answer.cut) == (fetching.MOST_BYTES, True)


@pytest.mark.parametrize("where", ["status", "headers", "body"])
def test_one_byte_after_another_does_not_hold_us(
    where: str, listening: Callable[..., Canary], monkeypatch: Any
) -> None:
    start = {"status": b"", "headers": b"HTTP/1.1 200 OK\r\n", "body": b"HTTP/1.1 200 OK\r\n\r\n"}[where]

    def drip(wire: socket.socket) -> None:
        wire.sendall(start)
        while True:
            wire.sendall(b"x")
            time.sleep(0.05)

    canary = listening(drip)
    monkeypatch.setattr(settings, "FETCH_NETWORKS", ["127.0.0.0/8"])
    begun = time.monotonic()
    with pytest.raises(Unreachable) as told:
        fetch("GET", f"http://127.0.0.1:{canary.port}/", whole_s=0.5)
    assert told.value.facts["reason"] == "timeout"
    assert time.monotonic() - begun < 10


def test_a_certificate_nobody_signed_is_refused(listening: Callable[..., Canary], monkeypatch: Any) -> None:
    canary = listening(lambda wire: wire.sendall(b"this is not TLS"))
    monkeypatch.setattr(settings, "FETCH_NETWORKS", ["127.0.0.0/8"])
    seen: list[tuple[bool, ssl.VerifyMode]] = []
    real = ssl.create_default_context

    def watched() -> ssl.SSLContext:
        context = real()
        seen.append((context.check_hostname, context.verify_mode))
        return context

    monkeypatch.setattr(ssl, "create_default_context", watched)
    with pytest.raises(Unreachable):
        fetch("GET", f"https://127.0.0.1:{canary.port}/")
    assert seen == [(True, ssl.CERT_REQUIRED)]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2a00:1450:4001::1", True), ("::ffff:8.8.8.8", True), ("64:ff9b::8.8.8.8", True),
        ("2002:808:808::1", True), ("100.127.255.255", False), ("100.128.0.1", True), ("172.32.0.1", True),
        ("2001:4860:4860::8888", True), ("2001:1ff::1", False), ("4000::1", False), ("::8.8.8.8", False),
    ],
)  # fmt: skip
def test_what_is_public(address: str, public: bool) -> None:
    assert is_allowed(ipaddress.ip_address(address)) is public


def test_no_network_list_opens_more_than_it_says() -> None:
    networks = [ipaddress.ip_network("10.1.0.0/16")]
    assert is_allowed(ipaddress.ip_address("10.1.2.3"), networks)
    assert is_allowed(ipaddress.ip_address("::ffff:10.1.2.3"), networks)
    assert not is_allowed(ipaddress.ip_address("10.2.0.1"), networks)
    assert not is_allowed(ipaddress.ip_address("::1"), networks)
