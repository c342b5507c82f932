"""Numbers of goals in their units, as people write them."""

from otklik.base.text import N_
from otklik.charts.speech import Speech


def number_told(value: float | None, unit: str, speech: Speech, clock: str = "elapsed") -> str:
    """One number in its unit, as people write it."""
    if value is None:
        return speech.words.say(N_("not known"))
    if unit == "s":
        return speech.brief(value, "business" if clock == "business" else "elapsed")
    if unit == "share":
        return share_told(value, speech)
    number = speech.format.number(value, 2)
    return number if unit in ("", "count") else f"{number} {unit}"


def share_told(value: float, speech: Speech) -> str:
    """A share in per cent with a decimal: half a per cent is a step where things are rare."""
    whole, finer = speech.format.number(value * 100), speech.format.number(value * 100, 1)
    told = str(speech.format.share(value))
    return told.replace(whole, finer) if 0.01 <= value <= 0.99 else told
