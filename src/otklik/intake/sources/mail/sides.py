"""Who is 'we' in a mailbox: told, or worked out from the letters."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from otklik.intake.json_fields import is_ours
from otklik.intake.sources.mail.letters import Letter

PUBLIC_DOMAINS = frozenset(
    """
    gmail.com googlemail.com yahoo.com outlook.com hotmail.com live.com msn.com icloud.com me.com aol.com gmx.de gmx.net
    web.de proton.me protonmail.com mail.ru bk.ru inbox.ru list.ru internet.ru yandex.ru ya.ru yandex.com rambler.ru
    qq.com 163.com 126.com wp.pl o2.pl seznam.cz free.fr orange.fr libero.it t-online.de
    """.split()  # noqa: SIM905
)
"""Providers for everybody: an address there says nothing about its neighbours."""


@dataclass(frozen=True)
class OurSide:
    """Addresses and domains that are us; `address` the one the guess began with, None when told."""

    ours: tuple[str, ...]
    address: str | None = None
    letters: int = 0

    def holds(self, address: str) -> bool:
        """Whether an address is ours."""
        return is_ours(address, self.ours)


def find_our_side(letters: Sequence[Letter], told: tuple[str, ...]) -> OurSide:
    """Take what was told, or else the address that writes with most others; its whole domain if it has its own."""
    if told:
        return OurSide(told)
    with_whom: dict[str, set[str]] = defaultdict(set)
    everywhere: Counter[str] = Counter()
    for letter in letters:
        others = [one for one in dict.fromkeys((*letter.to, *letter.delivered_to)) if one != letter.sender]
        everywhere.update((letter.sender, *others))
        with_whom[letter.sender].update(others[:1])  # a letter to a hundred people knows one correspondent
        for other in others:
            with_whom[other].add(letter.sender)
    delivered = Counter(address for letter in letters for address in letter.delivered_to)
    asked = Counter(address for letter in letters if not letter.answers for address in letter.to)
    if not everywhere:
        return OurSide(())
    address = max(everywhere, key=lambda one: (len(with_whom[one]), delivered[one], asked[one], everywhere[one], one))
    domain = address.rpartition("@")[2]
    return OurSide((address,) if domain in PUBLIC_DOMAINS else (domain,), address, everywhere[address])
