"""3. Where does the time go?"""

from otklik.charts import Speech, time_bars, turns
from otklik.charts.printable import clipped
from otklik.report.blocks import Block, Card, Cards, Figure, Section
from otklik.schemas.results import Report, TimePart, WhereTimeGoes

_WORTH_SAYING = 0.005


def where(report: Report, speech: Speech) -> Section:
    """Say whose turn it was, and what our own part consists of."""
    title = speech.say("Where does the time go?")
    result = report.where
    if result is None or not (result.turns or result.by_step or result.by_team):
        return Section("where", title, [speech.say("This record cannot tell whose turn it was.")])
    if not result.turns:
        return Section(
            "where", title, [speech.say("Whose turn it was, this record cannot tell.")], _bars(result, speech)
        )
    taken = [part for part in result.turns if part.total_s] or result.turns[:1]
    result = result.model_copy(update={"turns": taken})
    largest = max(result.turns, key=lambda part: part.share)
    words = speech.say(
        "%(share)s of the time: %(turn)s", share=speech.format.share(largest.share), turn=speech.turn(largest.part)
    )
    blocks: list[Block] = [Figure(turns(result, speech, words), "turns")] if len(result.turns) > 1 else []
    cards = _cards(result, speech)
    blocks += [Cards(cards)] if cards else []
    blocks += _bars(result, speech)
    return Section("where", title, _lead(result, largest, speech), blocks)


def _bars(result: WhereTimeGoes, speech: Speech) -> list[Block]:
    """The steps and the teams with which the time is spent."""
    blocks: list[Block] = []
    if len(result.by_step) > 1:
        longest = result.by_step[0]
        title = speech.say(
            "%(share)s of the time passes after “%(step)s”", share=speech.format.share(longest.share),
            step=speech.step(longest.part),
        )  # fmt: skip
        blocks.append(Figure(time_bars(result.by_step, speech, title, speech.say("After the step")), "bysteps"))
    if len(result.by_team) > 1:
        holder = result.by_team[0]
        title = speech.say(
            "%(share)s of the time passes with the team “%(team)s”", share=speech.format.share(holder.share),
            team=clipped(holder.part),
        )  # fmt: skip
        blocks.append(Figure(time_bars(result.by_team, speech, title, speech.say("With the team")), "byteams"))
    return blocks


def ours(result: WhereTimeGoes) -> TimePart | None:
    """The part in which the next move was ours."""
    return next((part for part in result.turns if part.part == "waiting_on_us"), None)


def _lead(result: WhereTimeGoes, largest: TimePart, speech: Speech) -> list[str]:
    mine = ours(result)
    sentences: list[str] = []
    if mine is not None and len(result.turns) > 1:
        share = speech.format.share(mine.share)
        if speech.is_process:
            sentences.append(
                speech.say("For %(share)s of the time between start and finish the next move was ours.", share=share)
            )
        else:
            sentences.append(
                speech.say("For %(share)s of the time between asking and solved the next move was ours.", share=share)
            )
    elif largest.part == "waiting_on_us":
        sentences.append(speech.say("The record knows no pauses, so all of the time counts as ours."))
    if result.out_of_hours_share is not None and mine is not None:
        sentences.append(speech.say(
            "%(share)s of our part passed while we were closed.", share=speech.format.share(result.out_of_hours_share)
        ))  # fmt: skip
    if result.unassigned_share is not None and result.unassigned_share >= _WORTH_SAYING:
        sentences.append(speech.say(
            "For %(share)s of all the time nobody had taken them yet.",
            share=speech.format.share(result.unassigned_share),
        ))  # fmt: skip
    return sentences or [speech.say("Most of the time: %(turn)s.", turn=speech.turn(largest.part))]


def _cards(result: WhereTimeGoes, speech: Speech) -> list[Card]:
    cards = []
    if result.out_of_hours_share is not None:
        cards.append(Card(
            speech.format.share(result.out_of_hours_share), speech.say("of our part: out of hours"),
            speech.say("The customer waits at night as well."),
        ))  # fmt: skip
    if result.unassigned_share is not None and result.unassigned_share >= _WORTH_SAYING:
        cards.append(Card(
            speech.format.share(result.unassigned_share), speech.say("of all the time: nobody's yet"),
            speech.say("Before anyone held it."),
        ))  # fmt: skip
    if result.ping_pong_requests is not None:
        cards.append(Card(
            speech.format.number(result.ping_pong_requests), speech.say("came back to a team that had passed them on"),
            _of_time(result.ping_pong_share_of_time, speech), "bad" if result.ping_pong_requests else "good",
        ))  # fmt: skip
    if result.reopened_requests is not None:
        cards.append(Card(
            speech.format.number(result.reopened_requests), speech.say("were called solved and came back"),
            _of_time(result.reopened_share_of_time, speech), "bad" if result.reopened_requests else "good",
        ))  # fmt: skip
    return cards


def _of_time(share: float | None, speech: Speech) -> str:
    return "" if share is None else speech.say("They took %(share)s of all the time.", share=speech.format.share(share))
