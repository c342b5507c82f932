"""The background work of the interface."""

from datetime import timedelta

from django.utils import timezone

from otklik.web.api import importing
from otklik.web.api.models import Bucket
from otklik.web.jobs.registry import Asked, every, work


@work("import-push")
def import_push(asked: Asked) -> None:
    """Bring a body that was pushed into the log."""
    importing.import_push(str(asked.arguments["number"]), asked.progress)


@every(minutes=5)
def sweep() -> None:
    """Put right what crashes left behind, and forget what nobody needs."""
    importing.sweep()
    Bucket.forget_full(timezone.now() - timedelta(hours=1))
