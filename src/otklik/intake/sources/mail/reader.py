"""Reads mailboxes: letters become conversations, conversations become requests."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.source import UNTOLD, Input, ReadOptions, Recognition
from otklik.intake.sources.mail.letters import Letter, NoMail, read_letter
from otklik.intake.sources.mail.machines import Machine, hints, proof
from otklik.intake.sources.mail.mailboxes import looks_like_mail, read_letters
from otklik.intake.sources.mail.sides import OurSide, find_our_side
from otklik.intake.sources.mail.threads import thread
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

STAMPED_SHARE: Final = 0.9
STAMPED_LETTERS: Final = 5
"""A desk that stamps nearly all its letters as automatic stamps people's answers as well: the stamp proves nothing."""
HINTS_ENOUGH: Final = 2


@dataclass(slots=True)
class _Item:
    """A letter on its way to the log: where it stood, its copies, and what is known of it."""

    letter: Letter
    file: str
    row: int
    record: int
    words: int
    text: bytes
    copies: list[int] = field(default_factory=list)
    at_us: int = 0
    ours: bool = False
    customer: str = ""
    machine: Machine | None = None
    bounced: bool = False


class Mailbox:
    """Letters in mbox files, maildirs and .eml files."""

    name = "mail"
    named_by_file = True
    sandboxed = True

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim what begins like a mailbox or a letter."""
        mine = tuple(item for item in inputs if looks_like_mail(item))
        return Recognition(mine, 0.8, N_("It begins like mail: headers such as From, To, Date.")) if mine else None

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read every letter; those that cannot be understood, or are no request, go to quarantine."""
        items = list(_distinct(_read(inputs, options, out)))
        side = find_our_side([item.letter for item in items], options.our_addresses)
        _note_side(side, len(items), out)
        items = _dated(items, side, out)
        _judge(items, out, side)
        _note_bounces(items)
        names = thread(
            [item.letter for item in items], [item.at_us for item in items], [item.customer for item in items]
        )
        conversations: dict[str, list[_Item]] = defaultdict(list)
        for name, item in zip(names, items, strict=True):
            conversations[name].append(item)
        by_haste = sum(_write(name, letters, out) for name, letters in conversations.items())
        if by_haste:
            reason = N_(
                "%(n)s letters were taken for automatic by their words and haste, without proof in the headers."
            )
            out.guess("automatic", str(by_haste), reason, n=str(by_haste))
        can = Can.messages | Can.first_reply | Can.acknowledgement
        return SourceFacts(out.source, "messages", can, UNTOLD, time_zone=options.time_zone)


def _read(inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> Iterable[_Item]:
    zone = ZoneInfo(options.time_zone or "UTC")
    for item in inputs:
        for raw in read_letters(item):
            record = out.record()
            try:
                letter = read_letter(raw.text, zone)
            except NoMail as problem:
                out.quarantine(
                    raw.file, raw.row, "unreadable-record", str(problem), raw=raw.text[:500].decode("utf-8", "replace")
                )
                continue
            words = hints(letter, None)
            text = sha256(letter.text.encode()).digest()
            yield _Item(replace(letter, text=""), raw.file, raw.row, record, words, text)
        options.progress(N_("Reading letters"), out.records, None)


def _distinct(items: Iterable[_Item]) -> Iterable[_Item]:
    """Fold copies of a letter into one; another letter under the same id gets an id of its own."""
    seen: dict[tuple[str, str, str, bytes], _Item] = {}
    ids: Counter[str] = Counter()
    for item in items:
        letter = item.letter
        same = (letter.id, letter.sender, letter.subject, item.text)
        if same in seen:
            first = seen[same]
            first.copies.append(item.record)
            received = [at for at in (first.letter.received_us, letter.received_us) if at is not None]
            sent_us = letter.sent_us if first.letter.sent_us is None else first.letter.sent_us
            first.letter = replace(first.letter, received_us=min(received, default=None), sent_us=sent_us)
            continue
        ids[letter.id] += 1
        if ids[letter.id] > 1:
            item.letter = replace(letter, id=f"{letter.id}#{ids[letter.id]}")
        seen[same] = item
    return seen.values()


def _dated(items: Sequence[_Item], side: OurSide, out: LogBuilder) -> list[_Item]:
    """Give each letter its instant and its side: our server's clock for what came in, our own for what we wrote."""
    kept = []
    for item in items:
        letter = item.letter
        item.ours = side.holds(letter.sender)
        others = [one for one in (*letter.reply_to, *letter.to) if not side.holds(one)]
        item.customer = letter.sender if not item.ours else others[0] if others else ""
        order = (letter.sent_us, letter.received_us) if item.ours else (letter.received_us, letter.sent_us)
        at_us = order[0] if order[0] is not None else order[1]
        if at_us is None:
            _set_aside([item], "no-date", letter.subject, out)
        else:
            item.at_us = at_us
            kept.append(item)
    return sorted(kept, key=lambda item: (item.at_us, item.record))


def _judge(items: Sequence[_Item], out: LogBuilder, side: OurSide) -> None:
    """Say of each letter whether its headers prove a machine."""
    for item in items:
        item.machine = None if _is_our_list(item.letter, side) else proof(item.letter)
    answers = [item for item in items if item.ours and item.letter.answers]
    stamped = sum(item.machine is not None for item in answers)
    if len(answers) >= STAMPED_LETTERS and stamped > STAMPED_SHARE * len(answers):
        for item in items:
            item.machine = None if item.ours else item.machine
        reason = N_(
            "Nearly all our letters carry the mark of automatic mail, so it tells nothing; words and haste decide."
        )
        out.guess("automatic", str(stamped), reason)


def _note_bounces(items: Sequence[_Item]) -> None:
    """An answer that never reached the customer is no answer."""
    reports = [item.letter for item in items if item.letter.failed]
    unreached = {(one, address) for report in reports for one in report.answers for address in report.failed}
    for item in items:
        item.bounced = item.ours and (item.letter.id, item.customer) in unreached


def _is_our_list(letter: Letter, side: OurSide) -> bool:
    """Mail to a group address of ours is marked as a list, though customers write it."""
    name = letter.headers.get("list-id", "").rpartition("<")[2].strip("<> ").lower()
    return bool(name) and any(name == one or name.endswith("." + one.rpartition("@")[2]) for one in side.ours)


def _write(name: str, items: Sequence[_Item], out: LogBuilder) -> int:
    """Write one conversation; return how many letters only hints made automatic."""
    start = next((place for place, item in enumerate(items) if _opens(item)), None)
    if start is None:
        for item in items:
            _set_aside([item], "no-request", item.machine or "internal", out)
        return 0
    for item in items[:start]:
        _set_aside([item], "no-request", item.machine or "internal", out)
    opening = items[start]
    sender = opening.letter.sender if opening.ours and opening.machine is None else opening.customer
    by = "agent" if sender == opening.letter.sender and opening.ours else "customer"
    _event(name, opening, "created", by, True, out)
    customer = opening.customer or next((item.customer for item in items if item.customer), None)
    out.request(name, customer=customer, subject=opening.letter.subject or None, channel="email")
    asked_us = opening.at_us if by == "customer" else None
    by_haste = 0
    for item in items[start + 1 :]:
        hasty = _hints(item, asked_us) >= HINTS_ENOUGH and item.machine is None
        by_haste += hasty
        _follow(name, item, hasty, out)
        asked_us = item.at_us if not item.ours and item.machine is None else asked_us
    return by_haste


def _opens(item: _Item) -> bool:
    """A person's letter between us and somebody else, or a form that we send ourselves in a customer's name."""
    if item.machine is None:
        return bool(item.customer) and not (not item.ours and item.words >= HINTS_ENOUGH)
    return item.machine == "generated" and item.customer in item.letter.reply_to


def _hints(item: _Item, asked_us: int | None) -> int:
    hasty = item.ours and asked_us is not None and hints(replace(item.letter, subject=""), item.at_us - asked_us)
    return item.words + int(hasty)


def _follow(name: str, item: _Item, hasty: bool, out: LogBuilder) -> None:
    """Write a further letter: a message, or a note where a machine of the customer or only we ourselves speak."""
    automatic = hasty or item.machine is not None
    if item.machine == "bounce":
        _event(name, item, "note", "rule", False, out)
    elif not item.ours:
        _event(name, item, "note" if automatic else "message", "rule" if automatic else "customer", True, out)
    elif not item.customer or item.bounced:
        _event(name, item, "note", "rule" if automatic else "agent", False, out)
    else:
        _event(name, item, "message", "rule" if automatic else "agent", True, out)


def _event(name: str, item: _Item, kind: str, by: str, public: bool, out: LogBuilder) -> None:
    letter = item.letter
    actor = item.customer if by == "customer" else letter.sender
    for record in (item.record, *item.copies):
        out.event(name, item.at_us, kind, by, actor=actor, public=public, channel="email", key=letter.id, record=record)


def _set_aside(items: Iterable[_Item], reason: str, detail: str, out: LogBuilder) -> None:
    for item in items:
        for record in (item.record, *item.copies):
            out.quarantine(item.file, item.row, reason, detail, item.letter.subject, record=record)


def _note_side(side: OurSide, letters: int, out: LogBuilder) -> None:
    if side.address is not None:
        reason = N_("%(n)s of %(of)s letters come to or from %(address)s. Say who is 'we' if this is wrong.")
        out.guess("us", ", ".join(side.ours), reason, n=str(side.letters), of=str(letters), address=side.address)
