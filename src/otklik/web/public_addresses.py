"""Which IP addresses are out in the open: plain public unicast, also when wrapped in another kind of address."""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NOT_PUBLIC: Final = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""`is_private` and `is_global` of the standard library are not enough: they let some of these pass."""
_PUBLIC_6: Final = IPv6Network("2000::/3")
_NOT_PUBLIC_6: Final = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2001:10::/28")
)
_NAT64: Final = IPv6Network("64:ff9b::/96")
_EMBEDDED_LOW: Final = 0xFFFFFFFF


def is_allowed(address: Address, networks: Iterable[Network] = ()) -> bool:
    """Say whether we may connect there: everything it stands for is public, or the owner listed its network."""
    networks = tuple(networks)
    return all(_is_listed(inner, networks) or _is_public(inner) for inner in meant_by(address))


def meant_by(address: Address) -> Iterator[Address]:
    """Yield each address that a packet sent there may end up at."""
    if isinstance(address, IPv4Address):
        yield address
        return
    low = IPv4Address(int(address) & _EMBEDDED_LOW)
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    elif address in _NAT64:
        yield low
    elif address.sixtofour is not None:
        yield address.sixtofour
    elif address.teredo is not None:
        yield from address.teredo
    else:
        yield address
        if _is_isatap(address):
            yield low


def _is_isatap(address: IPv6Address) -> bool:
    return (int(address) >> 32) & 0xFDFFFFFF == 0x00005EFE


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


def _is_listed(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
