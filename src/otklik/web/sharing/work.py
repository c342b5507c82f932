"""Background work of taking away: files for download, digests by mail."""

import logging
from typing import Any

from otklik.base.text import N_
from otklik.web.accounts.audit import record
from otklik.web.accounts.mail import is_mail_set_up
from otklik.web.jobs.registry import Asked, every, work
from otklik.web.sharing import making, sending
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


@every(hours=6)
def delete_old_files() -> None:
    """Files are kept for 30 days."""
    _LOG.info("deleted %d old files", making.delete_old())
