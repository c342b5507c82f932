"""Whether a grade stands: what of the record got better without anybody waiting less."""

from typing import Literal

from pydantic import Field

from otklik.schemas.coach import GamingKind
from otklik.schemas.results import Result


class GamingCheck(Result):
    """One look at the record since the start (`now`) and before it.

    `pile_up`: how many times more lie just below the limit than just above; `mix`: the part of the gain that a change
    between channels explains alone; all others: shares. `chance` is how easily luck alone would show as much; None
    where nothing was counted one by one. `told` is False where there was too little to look at.
    """

    kind: GamingKind
    now: float | None = Field(default=None, ge=0)
    before: float | None = Field(default=None, ge=0)
    chance: float | None = None
    suspicious: bool = False
    told: bool = True


class GamingLook(Result):
    """The verdict beside a grade: it stands, or look here first, with what was looked at, the strongest sign first.

    `share_as_mixed_before` is the share there would be, had every channel kept its part of the requests.
    """

    verdict: Literal["stands", "look"]
    checks: tuple[GamingCheck, ...] = ()
    share_before: float | None = None
    share_now: float | None = None
    share_as_mixed_before: float | None = None
