"""What came of messages to chats, in words: what Telegram answered, and what to try."""

from dataclasses import dataclass
from typing import Any, Final

from otklik.base.text import N_
from otklik.web.posting import GOALS, SPEED
from otklik.web.sharing.models import Chat, ChatMessage
from otklik.web.sharing.models.chats import TRIAL
from otklik.web.sharing.telegram import TOO_OFTEN
from otklik.web.words import say

NAMES: Final = {SPEED: N_("Figures of the week"), GOALS: N_("Goals"), TRIAL: N_("A trial")}
STATES: Final = {
    ChatMessage.DUE: N_("to be sent"),
    ChatMessage.SENDING: N_("being sent"),
    ChatMessage.SENT: N_("delivered"),
    ChatMessage.FAILED: N_("not delivered"),
    ChatMessage.UNSURE: N_("perhaps delivered"),
}
REASONS: Final = {
    "timeout": N_("no answer in time"),
    "TimeoutError": N_("no answer in time"),
    "name": N_("nobody knows the name"),
    "address-refused": N_("the address leads into a network that is not public"),
    "vault-broken": N_("the token cannot be opened: write it down anew"),
    "ConnectionRefusedError": N_("nobody listens there"),
    "SSLError": N_("the certificate is not valid"),
    "SSLCertVerificationError": N_("the certificate is not valid"),
    "paused": N_("the chat was paused"),
    "broken-off": N_("the program was stopped while it was sending"),
    "not-a-store": N_("there are no records"),
}
NO_ANSWER: Final = N_("the connection broke off")
_BY_CODE: Final = {
    400: N_("Check the number of the chat. In a group the bot has to be a member; to a person it may write only after "
            "they have written to it."),
    401: N_("Telegram does not know this bot: copy the token from @BotFather anew."),
    403: N_("The bot may not write there: add it to the chat again, or let the person unblock it."),
    404: N_("Telegram does not know this bot: copy the token from @BotFather anew."),
    TOO_OFTEN: N_("Telegram asks for a pause; try again later."),
}  # fmt: skip
_UNREACHED: Final = N_(
    "Look whether this machine reaches the servers of Telegram; whoever runs Otklik can name another one by "
    "OTKLIK_TELEGRAM_URL."
)
_NO_HELP: Final = frozenset({"vault-broken", "paused", "broken-off", "not-a-store"})
"""Reasons that say all there is to say."""


@dataclass(frozen=True)
class ChatLine:
    """A chat in the list."""

    it: Chat
    about: tuple[str, ...]
    state: str
    tone: str


@dataclass(frozen=True)
class MessageLine:
    """A message in the list."""

    it: ChatMessage
    name: str
    state: str
    tone: str
    answer: str
    advice: str


def chat_lines(user: Any) -> list[ChatLine]:
    """The chats that a person looks after, and whether the last message arrived."""
    return [_chat_line(one) for one in Chat.objects.for_user(user).prefetch_related("messages")]


def message_line(found: ChatMessage) -> MessageLine:
    """Say what became of a message."""
    is_over = found.state in (ChatMessage.FAILED, ChatMessage.UNSURE)
    tone = "good" if found.state == ChatMessage.SENT else "bad" if is_over else ""
    return MessageLine(
        found, say(NAMES.get(found.about, found.about)), say(STATES[found.state]), tone,
        answer=_answer(found), advice=_advice(found),
    )  # fmt: skip


def _chat_line(one: Chat) -> ChatLine:
    last = next((message for message in one.messages.all() if message.ended_at), None)
    about = tuple(say(NAMES[name]) for name in one.about if name in NAMES)
    if one.paused_at:
        return ChatLine(one, about, say(N_("paused")), "bad")
    if last is not None and last.state != ChatMessage.SENT:
        return ChatLine(one, about, say(N_("the last message did not arrive")), "bad")
    return ChatLine(one, about, say(N_("in use")), "good")


def _answer(found: ChatMessage) -> str:
    if found.state == ChatMessage.SENT:
        return say(N_("Telegram took it."))
    if found.reason:
        return say(N_("No answer: %(why)s."), why=say(REASONS.get(found.reason, NO_ANSWER)))
    if found.code is None:
        return ""
    return say(N_("Telegram answered %(code)s: %(said)s."), code=found.code, said=found.said or "–")


def _advice(found: ChatMessage) -> str:
    if found.moved_to:
        return say(N_("The group has another number by now: %(number)s. Write it down here."), number=found.moved_to)
    if found.state == ChatMessage.SENT or (found.code is None and not found.reason) or found.reason in _NO_HELP:
        return ""
    if found.reason:
        return say(_UNREACHED)
    code = found.code or 0
    return say(_BY_CODE.get(code, N_("Try again later.") if code >= 500 else _UNREACHED))
