"""Send one plain text to a chat by a bot of Telegram, and understand what comes back; nothing here is kept."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.charts.printable import clipped
from otklik.web.fetching import Answer
from otklik.web.logs import without_secrets
from otklik.web.words import say

TOKEN: Final = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,80}")
"""As @BotFather tells it; nothing else may stand in an address that we call."""
CHAT: Final = re.compile(r"-?\d{1,20}|@[A-Za-z]\w{3,63}", re.ASCII)
MOST: Final = 4_096
"""So long may a message be."""
WHOLE_S: Final = 10.0
LONGEST_WAIT_S: Final = 86_400.0
TOO_OFTEN: Final = 429
_LONGEST: Final = 200
Call = Callable[..., Answer]


@dataclass(frozen=True)
class Reply:
    """What came of a call: the answer of Telegram, or why there was none."""

    code: int | None
    taken: bool = False
    said: str = ""
    """In Telegram's own words."""
    reason: str = ""
    """Why there was no answer: a code."""
    wait_s: float = 0.0
    """So long Telegram asks to be left alone."""
    moved_to: str = ""
    """The number that the chat has now."""


def send(token: str, chat: str, text: str, call: Call) -> Reply:
    """Call `sendMessage` once; the text stays a text, for no way of marking it up is named."""
    told = {"chat_id": chat, "text": text, "link_preview_options": {"is_disabled": True}}
    try:
        answer = call(
            "POST", f"{settings.TELEGRAM_URL}/bot{token}/sendMessage", body=json.dumps(told).encode(),
            headers={"Content-Type": "application/json"}, whole_s=WHOLE_S,
        )  # fmt: skip
    except UserError as error:  # its facts may hold the address, and so the token: only the code goes on
        known = error.facts.get("reason") if error.code == "unreachable" else None
        return Reply(None, reason=str(known or error.code))
    return reply_of(answer)


def reply_of(answer: Answer) -> Reply:
    """Read an answer; one that is none of Telegram's is understood by its number alone."""
    told = _object(answer.body)
    more = told.get("parameters")
    more = more if isinstance(more, dict) else {}
    moved = str(more.get("migrate_to_chat_id", ""))
    return Reply(
        answer.status, taken=answer.status == 200 and told.get("ok") is True,
        said=clipped(without_secrets(str(told.get("description", ""))), _LONGEST),
        wait_s=_seconds(more.get("retry_after")), moved_to=moved if CHAT.fullmatch(moved) else "",
    )  # fmt: skip


def fitted(text: str, most: int = MOST) -> str:
    """A text that Telegram takes: cut after a whole line, which is said; the last line, the link, stays."""
    if length(text) <= most:
        return text
    *lines, last = text.split("\n")
    last = last if length(last) <= most // 2 else last[: most // 4]
    end = ["", say(N_("The rest did not fit; it stands there:")), last]
    room, kept = most - length("\n".join(["", *end])), []
    for line in lines:
        room -= length(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, *end])


def length(text: str) -> int:
    """As Telegram counts: a sign beyond the first plane, such as most pictures, counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _seconds(told: Any) -> float:
    is_number = isinstance(told, int | float) and not isinstance(told, bool)
    return min(max(0.0, float(told)), LONGEST_WAIT_S) if is_number and told == told else 0.0
