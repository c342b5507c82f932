"""Who may what: reports, tables, pictures, saved views, digests, links. There are no records in this world."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from otklik.web.accounts.models import User
from otklik.web.sharing.models import Chat, ChatMessage, Digest, HandedOut, SavedView, Sending, ShareLink
from tests.web.matrix import Row, World

LOOK = "302 200 200 200 200 200"
SHARE = "302 200 200 200 403 403"
SHARED = "302 302 302 302 403 403"
NOT_THEIRS = "302 302 302 404 403 403"
"""Owners and managers may end what others have shared."""
NO_RECORDS = "302 422 422 422 422 422"
NO_SUCH = "302 404 404 404 403 403"
BOT = "123456789:AAH-0123456789abcdefghijklmnop"
NEW_CHAT = {"name": "Support", "token": BOT, "chat": "-1001", "about": ["goals"]}
OPEN = "200 200 200 200 200 200"


def file_of(user: User) -> dict[str, Any]:
    made = HandedOut.objects.create(what="report", kind="pdf", language="en", asked_by=user, bytes=4)
    made.path.write_bytes(b"%PDF")
    return {"file_id": made.pk}


def view_of(user: User, *, shared: bool = False) -> dict[str, Any]:
    return {"view_id": SavedView.objects.create(name="Mail", page="when", owner=user, is_shared=shared).pk}


def digest_of(user: User) -> dict[str, Any]:
    return {"digest_id": Digest.objects.create(person=user, made_by=user, name="Week", language="en").pk}


def sending_of(user: User) -> dict[str, Any]:
    day = date(2026, 6, 14)
    failed = Sending.objects.create(
        digest_id=digest_of(user)["digest_id"], period="2026-W24", start=day, end=day, state=Sending.FAILED
    )
    return {"sending_id": failed.pk}


def link_of(user: User) -> dict[str, Any]:
    return {"link_id": ShareLink.make(user, "The board", "when", "", timedelta(days=1))[0].pk}


def chat() -> dict[str, Any]:
    made = Chat(name="Support", chat="-1001", about=["goals"])
    made.set_token(BOT)
    made.save()
    return {"chat_id": made.pk}


def message_of(user: User) -> dict[str, Any]:
    failed = ChatMessage.objects.create(to_id=chat()["chat_id"], key="goals-1", about="goals", state="failed")
    return {"message_id": failed.pk}


def chat_and(verb: str) -> Callable[[World, str], dict[str, Any]]:
    return lambda _world, _role: {**chat(), "verb": verb}


def own(make: Callable[..., dict[str, Any]], **more: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, role: make(world.of(role), **more)


def foreign(make: Callable[..., dict[str, Any]], **more: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, role: make(world.other_than(role), **more)


def told(**fields: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda _world, _role: fields


def new_digest(world: World, role: str) -> dict[str, Any]:
    return {"person": world.of(role).pk, "name": "Week", "rhythm": "weekly", "language": "en"}


def token(world: World, _role: str) -> dict[str, Any]:
    return {"token": ShareLink.make(world.people["manager"], "The board", "when", "", timedelta(days=1))[1]}


def key(world: World, _role: str) -> dict[str, Any]:
    return {"key": Digest.objects.get(pk=digest_of(world.people["viewer"])["digest_id"]).key_to_stop}


ROWS = [
    Row("reports", LOOK),
    Row("report_ask", "302 302 302 302 302 302", "POST", data=told(kind="pdf", language="en")),
    Row("report_ask", "302 422 422 422 422 422", "POST", data=told(kind="exe", language="en")),
    Row("rows_ask", "302 302 302 302 302 403", "POST", args=told(name="requests", kind="csv")),
    Row("table", NO_RECORDS, args=told(name="measures", kind="csv")),
    Row("table", "302 404 404 404 404 404", args=told(name="requests", kind="csv")),
    Row("file", LOOK, own=own(file_of)),
    Row("file", "302 200 200 404 404 404", foreign=foreign(file_of)),
    Row("file_state", LOOK, own=own(file_of)),
    Row("file_state", "302 200 200 404 404 404", foreign=foreign(file_of)),
    Row("file_delete", "302 302 302 302 302 302", "POST", own=own(file_of)),
    Row("file_delete", "302 302 302 404 404 404", "POST", foreign=foreign(file_of)),
    Row("pictures", NO_RECORDS, args=told(question="fast")),
    Row("picture", NO_RECORDS, args=told(question="fast", uid="curve", kind="png")),
    Row("saved_views", LOOK),
    Row("saved_views_menu", LOOK, data=told(page="when")),
    Row("saved_views_menu", "302 302 302 302 302 302", "POST", data=told(page="when", name="Mine")),
    Row("saved_view", LOOK, own=own(view_of)),
    Row("saved_view", "302 404 404 404 404 404", foreign=foreign(view_of)),
    Row("saved_view", "302 200 200 404 404 404", foreign=foreign(view_of, shared=True)),
    Row("saved_view_delete", "302 302 302 302 302 302", "POST", own=own(view_of)),
    Row("saved_view_delete", "302 404 404 404 404 404", "POST", foreign=foreign(view_of)),
    Row("saved_view_delete", "302 302 302 404 404 404", "POST", foreign=foreign(view_of, shared=True)),
    Row("digests", SHARE),
    Row("digest_make", SHARE),
    Row("digest_make", SHARED, "POST", data=new_digest),
    Row("digest_end", SHARED, "POST", own=own(digest_of)),
    Row("digest_end", NOT_THEIRS, "POST", foreign=foreign(digest_of)),
    Row("digest_now", SHARED, "POST", own=own(digest_of)),
    Row("digest_now", NOT_THEIRS, "POST", foreign=foreign(digest_of)),
    Row("sending_again", SHARED, "POST", own=own(sending_of)),
    Row("sending_again", NOT_THEIRS, "POST", foreign=foreign(sending_of)),
    Row("digest_stop", OPEN, args=key),
    Row("digest_stop", OPEN, "POST", args=key),
    Row("chat_make", SHARE),
    Row("chat_make", SHARED, "POST", data=told(**NEW_CHAT)),
    Row("chat", SHARE, own=own(lambda _user: chat())),
    Row("chat", SHARED, "POST", own=own(lambda _user: chat()), data=told(**NEW_CHAT)),
    Row("chat", NO_SUCH, foreign=told(chat_id=999_999)),
    Row("chat_do", SHARED, "POST", own=chat_and("pause")),
    Row("chat_do", SHARED, "POST", own=chat_and("try")),
    Row("chat_do", SHARED, "POST", own=chat_and("remove")),
    Row("chat_do", NO_SUCH, "POST", foreign=told(chat_id=999_999, verb="remove")),
    Row("chat_again", SHARED, "POST", own=own(message_of)),
    Row("chat_again", NO_SUCH, "POST", foreign=told(message_id=999_999)),
    Row("link_make", SHARE),
    Row("link_make", SHARE, "POST", data=told(name="The board", page="when", days="7")),
    Row("link_revoke", SHARED, "POST", own=own(link_of)),
    Row("link_revoke", NOT_THEIRS, "POST", foreign=foreign(link_of)),
    Row("shared", OPEN, args=token),
    Row("shared", "404 404 404 404 404 404", args=told(token="x" * 32)),
]
