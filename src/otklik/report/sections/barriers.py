"""7. What stands in the way?"""

from otklik.charts import Speech, effort, path_map, variant_chains
from otklik.charts.path_map import stalls
from otklik.report.blocks import Block, Figure, Notice, Section
from otklik.report.quantiles import MINIMUM_N
from otklik.schemas.results import Barriers, Count, Report

_NEARLY_ALL = 0.99
_EFFORT = ("customer_messages", "replies", "handoffs", "team_handoffs", "reopens", "steps")


def barriers(report: Report, speech: Speech) -> Section:
    """Say what the customer had to climb over: contacts, handoffs, reopenings, and where the paths stall."""
    title = speech.say("What stands in the way?")
    result = report.barriers
    if result is None or not (result.counts or result.edges or result.variants):
        return Section("barriers", title, [speech.say("This record does not tell the steps in between.")])
    blocks: list[Block] = []
    shown = {code: result.counts[code] for code in _EFFORT if code in result.counts and result.counts[code].n}
    if shown:
        blocks.append(Figure(effort(shown, speech, _effort_title(shown, speech)), "effort"))
    if len(result.nodes) > 2 and result.edges:
        blocks.append(Figure(path_map(result, speech, _map_title(result, speech)), "paths"))
    if result.variants_in_all > 1 and result.variants:
        blocks.append(Figure(variant_chains(result, speech, _ways_title(result, speech)), "ways"))
        if result.variants_in_all > len(result.variants):
            more = result.variants_in_all
            blocks.append(Notice(speech.count("%(n)s different way in all.", "%(n)s different ways in all.", more)))
    return Section("barriers", title, _lead(result, speech), blocks)


def _lead(result: Barriers, speech: Speech) -> list[str]:
    sentences: list[str] = []
    wrote = result.counts.get("customer_messages")
    if wrote is not None and wrote.n and some(wrote, 2):
        share = speech.format.share(some(wrote, 2))
        sentences.append(speech.say("%(share)s of the customers had to write more than once.", share=share))
    passed = result.counts.get("team_handoffs") or result.counts.get("handoffs")
    if passed is not None and passed.n and some(passed) > _NEARLY_ALL:
        sentences.append(speech.say("Nearly all are passed on at least once."))
    elif passed is not None and passed.n:
        sentences.append(speech.say("%(share)s are passed on at least once.", share=speech.format.share(some(passed))))
    back = result.counts.get("reopens")
    if back is not None and back.n:
        sentences.append(
            speech.say("%(share)s come back after they were called solved.", share=speech.format.share(some(back)))
        )
    touch = result.counts.get("one_touch")
    if touch is not None and touch.n and some(touch):
        sentences.append(
            speech.say("%(share)s are solved with a single answer.", share=speech.format.share(some(touch)))
        )
    return sentences or [speech.say("The way from the first step to the last, and where it stalls.")]


def some(count: Count, at_least: int = 1) -> float:
    """Share of requests with at least one, or at least so many."""
    return sum(n for value, n in count.by_value.items() if value >= at_least) / count.n


def _effort_title(counts: dict[str, Count], speech: Speech) -> str:
    wrote = counts.get("customer_messages")
    if wrote is not None and wrote.median is not None and wrote.n >= MINIMUM_N["median"]:
        n = int(wrote.median)
        if n <= 1:
            return speech.say("Half of the customers write no more than once")
        return speech.count(
            "Half of the customers write no more than %(n)s time",
            "Half of the customers write no more than %(n)s times",
            n,
        )
    return speech.say("How many of each it takes")


def _map_title(result: Barriers, speech: Speech) -> str:
    worst = stalls(result)
    if not worst or worst[0].n < MINIMUM_N["median"]:
        return speech.say("The paths, step by step")
    first = worst[0]
    return speech.say(
        "The worst stall: from “%(start)s” to “%(end)s”",
        start=speech.step(first.start),
        end=speech.step(first.end),
    )


def _ways_title(result: Barriers, speech: Speech) -> str:
    share = speech.format.share(result.variants[0].share)
    return speech.say("The most common way is taken by %(share)s", share=share)
