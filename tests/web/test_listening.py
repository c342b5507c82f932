"""One address, one server: the second is told so and ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from otklik.web.listening import CannotListen, PortTaken, check_address


@pytest.fixture
def shared() -> Iterator[socket.socket]:
    """A listening socket as the web server opens it: anybody who asks may share its port."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


def test_a_port_that_would_be_shared_is_taken(shared: socket.socket) -> None:
    with pytest.raises(PortTaken) as told:
        check_address("127.0.0.1", shared.getsockname()[1], 0.0)
    assert f"127.0.0.1:{shared.getsockname()[1]}" in str(told.value) and "--port" in str(told.value)


def test_a_port_that_is_being_left_is_waited_for(shared: socket.socket) -> None:
    port = shared.getsockname()[1]
    accepted = socket.create_connection(("127.0.0.1", port))
    served, _ = shared.accept()
    served.close()  # the side that closes first is remembered for a minute
    accepted.close()
    shared.close()
    check_address("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused_in_words() -> None:
    for host in ("192.0.2.1", "no.such.host.invalid"):
        with pytest.raises(CannotListen, match="not possible to listen"):
            check_address(host, 8000, 0.0)
    with pytest.raises(CannotListen, match=r"\[2001:db8::1\]:8000"):
        check_address("2001:db8::1", 8000, 0.0)


@pytest.mark.slow
def test_the_second_server_on_a_port_ends_and_the_first_goes_on(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    def command(folder: str) -> list[str]:
        program = [sys.executable, "-m", "otklik", "--lang", "en", "serve", "--no-worker"]
        return [*program, "--data", str(tmp_path / folder), "--port", str(port)]

    first = subprocess.Popen(command("one"), env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        until = time.monotonic() + 90
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert time.monotonic() < until and first.poll() is None
                time.sleep(0.1)
        second = subprocess.run(
            command("two"), env=environment, capture_output=True, text=True, timeout=90, check=False
        )
        assert second.returncode == 2
        assert f"Another program already listens at 127.0.0.1:{port}." in second.stderr
        assert not (tmp_path / "two").exists(), "nothing is made where nothing is served"
        socket.create_connection(("127.0.0.1", port), 5).close()
    finally:
        os.killpg(first.pid, signal.SIGTERM)
        first.wait(30)
