"""Background work of taking away: files for download, digests by mail, messages to chats."""

import logging
from typing import Any

from otklik.base.text import N_
from otklik.web.accounts.audit import record
from otklik.web.accounts.mail import is_mail_set_up
from otklik.web.jobs.registry import Asked, every, work
from otklik.web.posting import POST
from otklik.web.sharing import chatting, making, sending
from otklik.web.sharing.models import HandedOut

_LOG = logging.getLogger("otklik.worker")


@work(making.WORK)
def hand_out(asked: Asked) -> dict[str, Any]:
    """Make a file for download."""
    found = HandedOut.objects.select_related("asked_by").filter(pk=asked.arguments["file"]).first()
    if found is None:
        return {}  # deleted before it was made
    making.make(found, asked.progress)
    record(found.asked_by, "file.made", found, query=found.query, bytes=found.bytes)
    return {}


@work(sending.WORK)
def send_digest(asked: Asked) -> dict[str, Any]:
    """Send one digest of one period."""
    asked.progress(N_("Writing the digest"), 0, None)
    sending.deliver(int(asked.arguments["sending"]))
    return {}


@every(minutes=5)
def look_for_due_digests() -> None:
    """Write down which digests are due, and queue them."""
    if is_mail_set_up():
        sending.plan()
        sending.find_broken_off()
        sending.queue()


@work(POST)
def post_to_chats(asked: Asked) -> None:
    """Lay down a text for every chat that is told of such things."""
    told = asked.arguments
    chatting.lay_down(str(told["about"]), str(told["key"]), str(told["text"]))
    chatting.queue()


@work(chatting.WORK)
def tell_chat(asked: Asked) -> None:
    """Send one message to one chat."""
    asked.progress(N_("Writing to the chat"), 0, None)
    chatting.deliver(int(asked.arguments["message"]))


@every(minutes=1)
def look_for_chats() -> None:
    """Write down what chats are to be told, and queue it."""
    chatting.plan()
    chatting.find_broken_off()
    chatting.queue()


@every(hours=6)
def forget_messages() -> None:
    """Drop messages of long ago."""
    chatting.forget_old()


@every(hours=6)
def delete_old_files() -> None:
    """Files are kept for 30 days."""
    _LOG.info("deleted %d old files", making.delete_old())
