"""The background work of the interface."""

from datetime import timedelta

from django.utils import timezone

from otklik.web.announcing import ANNOUNCE
from otklik.web.api import delivering, importing, watching
from otklik.web.api.models import Bucket
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Asked, every, work


@work("import-push")
def import_push(asked: Asked) -> None:
    """Bring a body that was pushed into the log."""
    importing.import_push(str(asked.arguments["number"]), asked.progress)


@work(ANNOUNCE)
def announce(asked: Asked) -> None:
    """Lay down the calls for everybody who wants to be told."""
    at = Job.objects.get(pk=asked.job_id).asked_at
    delivering.tell_all(str(asked.job_id), asked.arguments["event"], asked.arguments["facts"], at)


@work(delivering.SEND)
def deliver(_asked: Asked) -> None:
    """Make the calls that are due."""
    delivering.send_due()


@every(seconds=20)
def look_for_due() -> None:
    """Call again whoever did not answer before; this is also the sign by which others see that a worker lives."""
    delivering.ask_to_send()


@every(minutes=10)
def watch() -> None:
    """Tell of targets missed and requests that wait too long, where somebody wants to hear of it."""
    watching.watch()


@every(minutes=5)
def sweep() -> None:
    """Put right what crashes left behind, and forget what nobody needs."""
    importing.sweep()
    delivering.forget_old()
    Bucket.forget_full(timezone.now() - timedelta(hours=1))
