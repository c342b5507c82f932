"""Otklik: how fast do we really serve people, where do they wait, and are we getting faster?

>>> import otklik                                            # doctest: +SKIP
>>> speed = otklik.read("tickets.csv").measure(calendar="ru")  # doctest: +SKIP
>>> speed.first_reply.curve(by="channel")                    # doctest: +SKIP
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from otklik.actions.notebook import read

__all__ = ["read"]


def __getattr__(name: str) -> object:
    if name == "read":
        from otklik.actions.notebook import read

        return read
    raise AttributeError(f"module 'otklik' has no attribute {name!r}")
