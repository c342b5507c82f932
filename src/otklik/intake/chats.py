"""Endless chats (messengers): who of them is 'we', and where one request ends and the next begins.

A messenger keeps one chat with a customer for ever. A new request begins with the first message of the chat, and with
a customer's message that comes more than `silence` (a day) after our last answer. While a customer waits for an answer
nothing begins anew, however long it lasts; nor does a bare thank-you ask for one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from otklik.base.text import N_
from otklik.base.units import US, parse_duration_s
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import is_ours
from otklik.intake.source import ReadOptions

SILENCE_S: Final = 86_400.0
SILENCE_KEY: Final = "silence"
"""Key in a saved mapping: how long after our last answer a customer's message begins a new request ('12h', '2d')."""
SOON_US: Final = 60 * US
SAME_TEXT: Final = 3
"""The same words sent this often within a minute of a customer's message are a machine's."""

_THANKS = re.compile(
    r"(?:(?:ok(?:ay)?|thanks?|thank you|thx|great|perfect|got it|many|very much|a lot|so much|all clear|bye"
    r"|спасибо|большое|огромное|благодарю|спс|ок(?:ей)?|хорошо|понятно|понял|поняла|ясно|отлично|супер|всё|вам"
    r"|до свидания)|[^\w?]|_)+",
    re.IGNORECASE,
)
_THANKS_CHARACTERS: Final = 100
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Saying:
    """One message of a chat. `who` identifies the sender within the source, `name` is how people call them."""

    at_us: int
    who: str
    name: str
    text: str
    key: str
    record: int
    bot: bool = False
    ours: bool = False
    automatic: bool = False


@dataclass(slots=True)
class Chat:
    """One chat: `peer` = who of it is the customer, where the record says so."""

    id: str
    title: str | None
    sayings: list[Saying]
    peer: str | None = None


def silence_us(options: ReadOptions) -> int:
    """How long a chat is silent after our answer before a customer's message begins a new request."""
    told = options.mapping.get(SILENCE_KEY)
    return round((parse_duration_s(str(told)) if told else SILENCE_S) * US)


def mark_our_side(chats: Sequence[Chat], options: ReadOptions, out: LogBuilder, known: str | None = None) -> None:
    """Mark our messages: as told, as the record says (`known` = the owner's `who`), else as worked out."""
    told = options.our_addresses
    us = {known} if known else set() if told else _guess([chat for chat in chats if chat.peer is None], out)
    for chat in chats:
        chat.sayings.sort(key=lambda saying: (saying.at_us, saying.record))
        for saying in chat.sayings:
            named = is_ours(saying.name, told) or is_ours(saying.who, told)
            saying.ours = named or saying.bot or (not told and _is_us(saying, chat, us))


def _is_us(saying: Saying, chat: Chat, us: set[str]) -> bool:
    return saying.who != chat.peer if chat.peer is not None else saying.who in us


def _guess(chats: Sequence[Chat], out: LogBuilder) -> set[str]:
    """Where chats do not name their customer: who writes in most of them, or else who answers most."""
    present = Counter(who for chat in chats for who in {saying.who for saying in chat.sayings})
    if len(chats) > 1 and present:
        who, n = max(present.items(), key=lambda pair: (pair[1], _answers(chats)[pair[0]], pair[0]))
        if n > 1:
            return _say(who, chats, out, N_("%(name)s writes in %(n)s of %(of)s chats."), n=str(n), of=str(len(chats)))
    answers = _answers(chats)
    if not answers:
        return set()
    who = max(answers, key=lambda one: (answers[one], one))
    return _say(who, chats, out, N_("%(name)s answers most often."))


def _answers(chats: Sequence[Chat]) -> Counter[str]:
    """How often each one wrote after somebody else."""
    return Counter(
        later.who
        for chat in chats
        for earlier, later in zip(chat.sayings, chat.sayings[1:], strict=False)
        if earlier.who != later.who
    )


def _say(who: str, chats: Sequence[Chat], out: LogBuilder, reason: str, **facts: str) -> set[str]:
    name = next(saying.name for chat in chats for saying in chat.sayings if saying.who == who)
    out.guess("us", name or who, reason, name=name or who, **facts)
    return {who}


def mark_machines(chats: Sequence[Chat], out: LogBuilder) -> None:
    """Mark our greetings that no person typed: the same words, again and again, within a minute of being asked."""
    hasty: dict[str, list[Saying]] = defaultdict(list)
    for chat in chats:
        asked_us: int | None = None
        for saying in chat.sayings:
            if not saying.ours:
                asked_us = saying.at_us
            elif asked_us is not None and saying.text.strip() and saying.at_us - asked_us < SOON_US:
                hasty[_DIGITS.sub("0", saying.text)].append(saying)
    for sayings in hasty.values():
        if len(sayings) >= SAME_TEXT:
            for saying in sayings:
                saying.automatic = True
            reason = N_("The same words came %(n)s times within a minute: taken for automatic.")
            out.guess("automatic", sayings[0].text[:60], reason, n=str(len(sayings)))


def write_chats(chats: Iterable[Chat], channel: str, options: ReadOptions, out: LogBuilder) -> None:
    """Cut the chats into requests and write their events."""
    silence = silence_us(options)
    requests = 0
    for chat in chats:
        for part in _cut(chat.sayings, silence):
            _write(chat, part, channel, out)
            requests += 1
    hours = f"{silence / 3600 / US:g}"
    reason = N_("A customer's message more than %(hours)s h after our last answer begins a new request.")
    out.guess("requests", str(requests), reason, hours=hours)


def _cut(sayings: Sequence[Saying], silence: int) -> Iterator[list[Saying]]:
    part: list[Saying] = []
    waiting, last_us = False, 0
    for saying in sayings:
        silent = part and not waiting and saying.at_us - last_us > silence
        if silent and (saying.ours or not _is_thanks(saying, part)):
            yield part
            part = []
        part.append(saying)
        if saying.ours:
            waiting = waiting and _is_machine(saying)
            last_us = saying.at_us
        elif not _is_thanks(saying, part):
            waiting = True
    if part:
        yield part


def _is_machine(saying: Saying) -> bool:
    return saying.bot or saying.automatic


def _is_thanks(saying: Saying, part: Sequence[Saying]) -> bool:
    """A bare thank-you after an answer of ours."""
    answered = any(one.ours for one in part)
    short = 0 < len(saying.text.strip()) <= _THANKS_CHARACTERS
    return answered and short and _THANKS.fullmatch(saying.text) is not None


def _write(chat: Chat, part: Sequence[Saying], channel: str, out: LogBuilder) -> None:
    first = part[0]
    request = f"{chat.id}-{first.key}"
    customer = chat.peer or next((saying.who for saying in part if not saying.ours), None)
    names: Mapping[str, str] = {saying.who: saying.name for saying in part}
    title = chat.title if chat.peer is None else None
    out.request(request, customer=names.get(customer or "") or customer, subject=title, channel=channel)
    seen: list[Saying] = []
    for saying in part:
        by = "customer" if not saying.ours else "bot" if saying.bot else "rule" if saying.automatic else "agent"
        kind = "created" if saying is first else "message"
        if not saying.ours and _is_thanks(saying, seen):
            kind = "note"
        seen.append(saying)
        out.event(
            request, saying.at_us, kind, by,
            actor=saying.name or saying.who, public=True, channel=channel, key=saying.key, record=saying.record,
        )  # fmt: skip
