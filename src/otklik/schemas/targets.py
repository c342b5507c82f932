"""A target: what we promise: a measure, a duration, a share, in which clock, to whom."""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.base.units import parse_duration_s

_TARGET = re.compile(
    r"""^\s*(?P<measure>[a-z_]+) \s* (?:<=|<|≤) \s* (?P<within>[^@]+?) \s* @ \s* (?P<share>\d+(?:[.,]\d+)?) \s* %
        (?:\s+(?P<clock>elapsed|business))? (?P<only>(?:\s+[\w ]+=[^=]+)?)\s*$""",
    re.VERBOSE,
)


class UnreadableTarget(UserError):
    """A target nobody can read: facts `text`."""

    code = "unreadable-target"
    message = N_("%(text)s is not a target.")
    hint = N_('Write it like "first_reply<=4h@90%%", "resolution<=2d@80%% business" or "... business channel=email".')


class Target(BaseModel):
    """For instance first_reply within 4 h for 90 % of requests, in business time, for channel=email."""

    model_config = ConfigDict(frozen=True)

    measure: str
    within_s: float
    share: float
    clock: Literal["elapsed", "business"] = "elapsed"
    only: dict[str, str] = {}


def parse_target(text: str) -> Target:
    """Read 'first_reply<=4h@90% business channel=email'; raise UnreadableTarget or UnreadableDuration."""
    match = _TARGET.match(text)
    share = float(match["share"].replace(",", ".")) / 100 if match else 0.0
    if not match or not 0 < share <= 1:
        raise UnreadableTarget(text=text)
    column, _, value = match["only"].strip().partition("=")
    return Target.model_validate(
        {
            "measure": match["measure"],
            "within_s": parse_duration_s(match["within"]),
            "share": share,
            "clock": match["clock"] or "elapsed",
            "only": {column.strip(): value.strip()} if column else {},
        }
    )
