"""kill -9 of the worker while a digest leaves: through a real mail server it arrives once, and nothing is forgotten."""

import json
import signal
from pathlib import Path

import pytest

from tests.faults.test_push_kill import Installation, installation
from tests.faults.test_worker_kill import Queue, await_, run
from tests.web.sharing.mail_server import Mailbox, listening

pytestmark = pytest.mark.slow

_PREPARE = """
import sys
from pathlib import Path
from otklik.web.serve import set_up
set_up(Path(sys.argv[1]))
from django.conf import settings
from django.utils import timezone
from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log, measure_kept_log
from otklik.web.accounts.models import User
from otklik.web.calendars import current
from otklik.web.sharing import sending
from otklik.web.sharing.models import Digest
rows = "\\n".join(f"R{n},2026-03-02 09:{n:02},2026-03-02 10:{n:02},resolved" for n in range(60))
table = Path(sys.argv[1]) / "desk.csv"
table.write_text("Ticket,Opened,Resolved,Status\\n" + rows + "\\n")
add_to_log(settings.DATA.log, import_log(Records((str(table),), time_zone="UTC")))
measure_kept_log(settings.DATA.log, current.yardstick())
reader = User.objects.get()
made = Digest.objects.create(person=reader, made_by=reader, name="Our week", language="en", made_at=timezone.now())
sending.write_down(made, sending.Period.last("weekly", timezone.now().date()))
sending.queue()
"""
_LOOK = """
import sys
from pathlib import Path
from otklik.web.serve import set_up
set_up(Path(sys.argv[1]))
import json
from django.utils import timezone
from datetime import timedelta
from otklik.web.accounts.models import AuditEntry
from otklik.web.sharing import sending
from otklik.web.sharing.models import Sending
if "later" in sys.argv:
    Sending.objects.filter(state="sending").update(claimed_at=timezone.now() - timedelta(hours=1))
    sending.find_broken_off()
if "again" in sys.argv:
    Sending.objects.filter(state="unsure").update(state="due", next_at=timezone.now())
sending.queue()
row = Sending.objects.get()
print(json.dumps([row.state, row.message_id, AuditEntry.objects.filter(verb="digest.sent").count()]))
"""


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch):
    found = Mailbox()
    with listening(found) as port:
        monkeypatch.setenv("OTKLIK_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("OTKLIK_SMTP_PORT", str(port))
        yield found


def look(where: Installation, *told: str) -> list:
    return json.loads(run(where, _LOOK, *told).splitlines()[-1])


def worked(where: Installation) -> None:
    """A worker does what waits, and is ended."""
    queue = Queue(where.folder)
    queue.free()
    where.start_worker()
    await_(lambda: not queue.count("kind = 'send-digest' and state in ('queued', 'running')"))
    where.kill(where.worker)


@pytest.mark.parametrize(("point", "arrived"), [("digest-sent", 1), ("digest-claimed", 0)])
def test_killed_while_it_leaves_it_is_never_sent_twice_by_itself_and_never_forgotten(
    tmp_path: Path, mailbox: Mailbox, point: str, arrived: int
) -> None:
    with installation(tmp_path / "data") as where:
        run(where, _PREPARE)
        where.start_worker(crash_at=point)
        assert where.worker is not None
        assert where.worker.wait(120) == -signal.SIGKILL
        assert len(mailbox.letters) == arrived and look(where)[0] == "sending"
        worked(where)
        assert len(mailbox.letters) == arrived, "whoever comes after finds it taken"
        state, message_id, told = look(where, "later")
        assert (state, told) == ("unsure", 0), "people see that it broke off"
        worked(where)
        assert len(mailbox.letters) == arrived
        assert look(where, "again")[0] == "due"
        worked(where)
        assert look(where) == ["sent", message_id, 1]
        assert [letter["Message-ID"] for letter in mailbox.letters] == [message_id] * (arrived + 1)
