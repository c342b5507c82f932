"""Rules on what stands behind a number as the cycle runs: sound records (D4), honest words (D5), no gaming (D6)."""

from collections.abc import Iterator
from typing import Final

from otklik.goals.coach.rule import AboutKeyResult, Remark, Rule
from otklik.goals.coach.thresholds import Thresholds
from otklik.schemas.coach import GamingSign, SaidAtCheckIn

_WEEK_DAYS: Final = 7


def is_not_sound(about: AboutKeyResult) -> Iterator[Remark]:
    """D4: the source is late, too many records are unusable, or a channel is missing."""
    log, limits = about.log, about.limits
    if log is None:
        return
    if log.last_record_age_days is not None and log.last_record_age_days > limits.late_days:
        yield Remark("d4.late", {"days": round(log.last_record_age_days, 1), "limit": limits.late_days})
    if log.unusable_share is not None and log.unusable_share > limits.unusable_share:
        facts = {"percent": _percent(log.unusable_share), "limit": _percent(limits.unusable_share)}
        yield Remark("d4.unusable", facts)
    if log.missing_channels:
        yield Remark("d4.missing", {"channels": ", ".join(log.missing_channels)})


def people_and_data_disagree(about: AboutKeyResult) -> Iterator[Remark]:
    """D5: sure while the data doubt it, green while nobody looks, or a confidence that never moves."""
    if about.log is None:
        return
    said = sorted(about.log.check_ins, key=lambda one: one.day)
    yield from _sure_but_unlikely(said, about.limits)
    yield from _silent_green(about, said)
    yield from _unchanged(said, about.limits)


def is_gamed(about: AboutKeyResult) -> Iterator[Remark]:
    """D6: something that improves the number and not the service; looked for once the cycle has begun."""
    cycle, log = about.around.cycle, about.log
    if log is None or (cycle is not None and log.on <= cycle.start):
        return
    for sign in log.gaming:
        if _is_suspicious(sign, about.limits):
            yield Remark(f"d6.{sign.kind}", _sign_facts(sign))


def _sure_but_unlikely(said: list[SaidAtCheckIn], limits: Thresholds) -> Iterator[Remark]:
    times = limits.disagreeing_check_ins
    latest = said[-times:]
    if len(latest) == times and all(_disagrees(one, limits) for one in latest):
        last = latest[-1]
        facts = {"confidence": last.confidence, "probability": last.probability, "times": times}
        yield Remark("d5.sure-but-unlikely", facts)


def _disagrees(one: SaidAtCheckIn, limits: Thresholds) -> bool:
    if one.confidence is None or one.probability is None:
        return False
    return one.confidence >= limits.confident and one.probability <= limits.unlikely


def _silent_green(about: AboutKeyResult, said: list[SaidAtCheckIn]) -> Iterator[Remark]:
    log, cycle = about.log, about.around.cycle
    if log is None or log.status != "green":
        return
    last = log.last_check_in or (said[-1].day if said else cycle.start if cycle else None)
    every = cycle.check_in_days if cycle else _WEEK_DAYS
    if last is not None and (days := (log.on - last).days) > every + about.limits.check_in_grace_days:
        yield Remark("d5.silent-green", {"days": days, "limit": every + about.limits.check_in_grace_days})


def _unchanged(said: list[SaidAtCheckIn], limits: Thresholds) -> Iterator[Remark]:
    times = limits.unchanged_check_ins
    latest = [one.confidence for one in said[-times:]]
    if len(latest) == times and latest[0] is not None and len(set(latest)) == 1:
        yield Remark("d5.unchanged", {"confidence": latest[0], "times": times})


def _is_suspicious(sign: GamingSign, limits: Thresholds) -> bool:
    """Tell whether a sign is strong enough to be told."""
    if sign.kind == "pile_up":
        limit = limits.pile_up_alone if sign.before is None else limits.pile_up_growth * max(sign.before, 1.0)
        return sign.now >= limit
    if sign.kind == "mix":
        return sign.now >= limits.mix_share
    before = sign.before or 0.0
    if sign.kind == "auto_reply":
        return sign.now > limits.auto_reply_share and sign.now >= before * limits.gaming_growth
    return sign.now >= limits.gaming_share and sign.now >= before * limits.gaming_growth


def _sign_facts(sign: GamingSign) -> dict[str, object]:
    if sign.kind == "pile_up":
        return {"now": round(sign.now, 1), "before": "?" if sign.before is None else round(sign.before, 1)}
    return {"now": _percent(sign.now), "before": "?" if sign.before is None else _percent(sign.before)}


def _percent(share: float) -> float:
    return round(share * 100, 1)


RULES = (
    Rule("D4", "data", "warning", ("late_days", "unusable_share"), of_key_result=is_not_sound),
    Rule(
        "D5", "data", "warning",
        ("confident", "unlikely", "disagreeing_check_ins", "check_in_grace_days", "unchanged_check_ins"),
        of_key_result=people_and_data_disagree,
    ),
    Rule(
        "D6", "data", "error",
        ("pile_up_growth", "pile_up_alone", "gaming_growth", "gaming_share", "auto_reply_share", "mix_share"),
        of_key_result=is_gamed,
    ),
)  # fmt: skip
