"""What stands beside a grade: whether it stands or wants a look first, how due dates were kept, the past."""

from collections.abc import Mapping
from typing import Any

from otklik.base.text import N_
from otklik.report.told_goals import gaming_told, mix_told
from otklik.schemas.gaming import GamingLook
from otklik.schemas.track_records import DueDates
from otklik.web.goals.models import Look, Measured
from otklik.web.goals.numbers import shown
from otklik.web.words import count, say, speech


def verdict(measured: Measured | None) -> tuple[str, str] | None:
    """`good` or `bad`, and the words; None where there was too little to look at."""
    found = measured.reading.get("gaming") if measured else None
    if not found:
        return None
    look = GamingLook.model_validate(found)
    if look.verdict == "look":
        return "bad", gaming_told(look, speech())
    if not any(one.told for one in look.checks):
        return None
    return "good", say(N_("The grade stands: nothing shows that the number got better without the service."))


def as_mixed_before(measured: Measured | None) -> str:
    """The share had the channels not changed their parts; empty where that makes no difference."""
    found = measured.reading.get("gaming") if measured else None
    return mix_told(GamingLook.model_validate(found), speech()) if found else ""


def due_dates(look: Look | None) -> str:
    """How due dates were kept, and how likely what is left is done in time; empty where too few are gone by."""
    kept = DueDates.model_validate(look.due_dates) if look and look.due_dates else None
    if kept is None or kept.kept is None or kept.chance is None:
        return ""
    facts = {"kept": shown(kept.kept, "share"), "chance": shown(kept.chance, "share")}
    return count(
        "%(kept)s of %(n)s due date gone by was kept; if it goes on so, the rest is done in time with %(chance)s.",
        "%(kept)s of %(n)s due dates gone by were kept; if it goes on so, the rest is done in time with %(chance)s.",
        kept.past, **facts,
    )  # fmt: skip


def learnt_from(reading: Mapping[str, Any]) -> str:
    """How much past is behind a chance; empty where no chance is shown."""
    n = reading.get("learnt_from")
    chances = (reading.get("forecast") or {}).get("chances")
    if n is None or not chances:
        return ""
    if not n:
        return say(N_("No key result is closed yet to learn from: take the chance with a grain of salt."))
    return count(
        "The chance was set right by %(n)s closed key result.", "The chance was set right by %(n)s closed key results.",
        n,
    )  # fmt: skip
