"""What chats are told and when: each occasion at most once, again only where it surely did not arrive."""

import logging
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone, translation

from otklik.actions.cut_log import NotMeasuredYet
from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import Company
from otklik.web.fetching import fetch
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Later
from otklik.web.posting import SPEED
from otklik.web.sharing.letters import brief_about
from otklik.web.sharing.models import Chat, ChatMessage, Digest
from otklik.web.sharing.models.chats import TRIAL
from otklik.web.sharing.sending import PAUSES_S, SILENT, Period
from otklik.web.sharing.telegram import TOO_OFTEN, Call, Reply, fitted, send
from otklik.web.vault import VaultBroken
from otklik.web.words import say

WORK: Final = "tell-chat"
ATTEMPTS: Final = 8
KEPT_FOR: Final = timedelta(days=90)
NEVER_LEFT: Final = frozenset(
    {"name", "ConnectionRefusedError", "TimeoutError", "OSError", "SSLError", "SSLCertVerificationError"}
)
"""Reasons that say that nothing was sent; after any other it may have arrived."""
_LOG = logging.getLogger("otklik.chats")


def plan() -> None:
    """Write a row for the week that is over, for every chat that is told of speed."""
    if not settings.DATA.log.exists():
        return
    now, zone = timezone.now(), ZoneInfo(Company.ours().time_zone)
    period = Period.last(Digest.WEEKLY, now.astimezone(zone).date())
    for chat in _wanting(SPEED):
        if chat.made_at <= period.due_at(zone) <= now:
            facts = {"about": SPEED, "start": period.start, "end": period.end}
            ChatMessage.objects.get_or_create(to=chat, key=f"{SPEED}-{period.key}", defaults=facts)


def lay_down(about: str, key: str, text: str) -> None:
    """Write a row for every chat that is told of this; laid down twice it stays one."""
    for chat in _wanting(about):
        ChatMessage.objects.get_or_create(to=chat, key=key, defaults={"about": about, "text": text})


def try_out(chat: Chat) -> ChatMessage:
    """Lay down a message that shows whether the chat can be reached."""
    with translation.override(Company.ours().language):
        text = say(N_("This is a trial: Otklik can write to this chat."))
    key = f"{TRIAL}-{timezone.now().timestamp()}"
    return ChatMessage.objects.create(to=chat, key=key, about=TRIAL, text=text)


def queue() -> None:
    """Queue what is due; a piece of work that waits already is not queued twice."""
    for number in ChatMessage.objects.filter(_due()).values_list("pk", flat=True):
        Job.add(WORK, {"message": number}, key=f"{WORK}-{number}")


def deliver(number: int, call: Call = fetch) -> None:
    """Tell one: the row is claimed before the first byte leaves, and says afterwards what became of it."""
    found = ChatMessage.objects.select_related("to").filter(_due(), pk=number).first()
    if found is None:
        return
    try:
        token, text = found.to.token, _text(found)
    except VaultBroken:
        _end(found, ChatMessage.FAILED, Reply(None, reason="vault-broken"))
        return
    except NotMeasuredYet:
        Job.add("refresh-facts", {}, key="refresh-facts")
        raise Later(30.0) from None
    except UserError as error:
        _end(found, ChatMessage.FAILED, Reply(None, reason=error.code))
        return
    if _claim(found, text):
        reply = send(token, found.to.chat, text, call)
        crash_point("chat-told")
        _note(found, reply)


def find_broken_off() -> int:
    """Note those whose worker died in the middle: nobody knows whether they arrived, so they are not sent again."""
    silent = ChatMessage.objects.filter(state=ChatMessage.SENDING, claimed_at__lt=timezone.now() - SILENT)
    return silent.update(state=ChatMessage.UNSURE, ended_at=timezone.now(), reason="broken-off")


def forget_old() -> None:
    """Drop what was told, or given up, long ago."""
    ChatMessage.objects.filter(ended_at__lt=timezone.now() - KEPT_FOR).delete()


def _wanting(about: str) -> list[Chat]:
    return [chat for chat in Chat.objects.filter(paused_at=None) if about in chat.about]


def _due() -> Q:
    wanted = Q(to__paused_at=None) | Q(about=TRIAL)
    return wanted & Q(state=ChatMessage.DUE, next_at__lte=timezone.now())


def _text(found: ChatMessage) -> str:
    """In the language of the company."""
    with translation.override(Company.ours().language):
        text = found.text or (brief_about(*found.days) if found.days else "")
        return fitted(text)


def _claim(found: ChatMessage, text: str) -> bool:
    taken = ChatMessage.objects.filter(pk=found.pk, state=ChatMessage.DUE, attempts=found.attempts).update(
        state=ChatMessage.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1, text=text
    )
    crash_point("chat-claimed")
    return bool(taken)


def _note(found: ChatMessage, reply: Reply) -> None:
    found.attempts += 1
    if reply.taken:
        _end(found, ChatMessage.SENT, reply)
    elif reply.code is None and reply.reason not in NEVER_LEFT:
        refused = reply.reason == "address-refused"
        _end(found, ChatMessage.FAILED if refused else ChatMessage.UNSURE, reply)
    elif found.about == TRIAL or not _is_for_now(reply) or found.attempts >= ATTEMPTS:
        _end(found, ChatMessage.FAILED, reply)
    else:
        _again(found, reply)


def _is_for_now(reply: Reply) -> bool:
    return reply.code is None or reply.code == TOO_OFTEN or reply.code >= 500


def _again(found: ChatMessage, reply: Reply) -> None:
    """It surely did not arrive: later, not before Telegram wants to hear of us."""
    _LOG.warning("a chat could not be told: %s", reply.reason or reply.code)
    pause = timedelta(seconds=max(PAUSES_S[min(found.attempts, len(PAUSES_S)) - 1], reply.wait_s))
    _write(found, ChatMessage.DUE, reply, next_at=timezone.now() + pause)


def _end(found: ChatMessage, state: str, reply: Reply) -> None:
    _write(found, state, reply, ended_at=timezone.now())
    if found.about == TRIAL:
        return
    facts = {"about": found.about, "occasion": found.key}
    if state == ChatMessage.SENT:
        record(None, "chat.told", found.to, **facts)
    else:
        record(None, "chat.not-told", found.to, **facts, state=state, error=reply.reason or reply.said or reply.code)


def _write(found: ChatMessage, state: str, reply: Reply, **more: object) -> None:
    told = {"code": reply.code, "said": reply.said, "reason": reply.reason[:80], "moved_to": reply.moved_to}
    ChatMessage.objects.filter(pk=found.pk).update(state=state, **told, **more)
