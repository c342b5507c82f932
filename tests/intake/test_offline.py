"""A process that went offline reaches nobody, even past Python's own sockets."""

import platform
import subprocess
import sys

import pytest

CHILD = """
import socket
from otklik.intake.offline import go_offline
by_kernel = go_offline()
def tried(what):
    try:
        what()
    except OSError as error:
        return type(error).__name__
    return "open"
import _socket
print(by_kernel, tried(socket.socket), tried(lambda: socket.create_connection(("127.0.0.1", 9))),
      tried(lambda: socket.getaddrinfo("localhost", 80)), tried(lambda: _socket.socket(_socket.AF_INET)),
      tried(lambda: _socket.socket(_socket.AF_INET6)), tried(lambda: _socket.socket(_socket.AF_UNIX)))
"""


@pytest.fixture(scope="module")
def told() -> list[str]:
    return subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True).stdout.split()


def test_python_has_no_sockets_left(told: list[str]) -> None:
    assert told[1:4] == ["NoNetwork", "NoNetwork", "NoNetwork"]


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"}, reason="no filter for this system"
)
def test_the_kernel_refuses_the_network_and_nothing_else(told: list[str]) -> None:
    if told[0] == "False":
        pytest.skip("this container forbids filters")
    assert told[4:] == ["PermissionError", "PermissionError", "open"]
