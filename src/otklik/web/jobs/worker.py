"""The worker: takes work from the queue, one piece after another, until it is told to stop."""

import logging
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.web.jobs.models import ATTEMPTS, LEASE, Job, Tick
from otklik.web.jobs.registry import REGULAR, WORK, Asked, Later

_LOG = logging.getLogger("otklik.worker")
IDLE_S = 0.5
TOLD_EVERY_S = 0.4


class Stopped(Exception):
    """The job was called off, or somebody else has taken it over."""


class Worker:
    """Works until `stop` is set."""

    def __init__(self) -> None:
        autodiscover_modules("work")
        self.stop = threading.Event()

    def run(self) -> None:
        """Work on and on; a database that is away for a while is waited for."""
        while not self.stop.is_set():
            try:
                close_old_connections()
                self._regular()
                if not self.one():
                    self.stop.wait(IDLE_S)
            except OperationalError:
                _LOG.exception("the database does not answer")
                connection.close()
                self.stop.wait(2.0)

    def stop_on_signals(self) -> None:
        """End after the piece in hand when the system asks."""

        def stop(_number: int, _frame: FrameType | None) -> None:
            self.stop.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    def one(self) -> bool:
        """Do one piece of work; False where none is due."""
        job = Job.claim()
        if job is None:
            return False
        crash_point("job-claimed")
        keeper = _Keeper(job)
        keeper.start()
        try:
            self._do(job)
        finally:
            keeper.over.set()
            keeper.join()
        return True

    def _do(self, job: Job) -> None:
        if job.attempts > ATTEMPTS:
            job.end(Job.FAILED, error={"code": "gave-up"})
            return
        function = WORK.get(job.kind)
        if function is None:
            job.end(Job.FAILED, error={"code": "unknown-work", "facts": {"kind": job.kind}})
            return
        try:
            result = function(Asked(job.pk, job.arguments, job.asked_by_id, _Teller(job)))
        except UserError as error:
            job.end(Job.FAILED, error=told(error))
        except Later as later:
            job.postpone(later.seconds)
        except Stopped:
            _LOG.info("called off", extra={"job": job})
        except OperationalError:
            raise
        except Exception:
            _LOG.exception("work failed", extra={"job": job})
            job.end(Job.FAILED, error={"code": "broken"})
        else:
            crash_point("job-before-end")
            job.end(Job.DONE, result=result or {})

    def _regular(self) -> None:
        now = timezone.now()
        for name, (period, function) in REGULAR.items():
            tick, new = Tick.objects.get_or_create(name=name, defaults={"last_at": now})
            due = new or tick.last_at + period <= now
            mine = due and Tick.objects.filter(name=name, last_at=tick.last_at).update(last_at=now)
            if mine:
                try:
                    function()
                except OperationalError:
                    raise
                except Exception:
                    _LOG.exception("regular work failed: %s", name)


def told(error: UserError) -> dict[str, Any]:
    """An error as it is kept: catalogue keys and facts, so that every reader hears it in his language."""
    facts = {name: fact if isinstance(fact, int | float) else str(fact) for name, fact in error.facts.items()}
    return {"code": error.code, "message": error.message, "hint": error.hint, "facts": facts}


class _Keeper(threading.Thread):
    """Renews the lease while the work goes on."""

    def __init__(self, job: Job) -> None:
        super().__init__(daemon=True)
        self.job = job
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(LEASE.total_seconds() / 4):
            try:
                self.job.keep()
            except OperationalError:
                _LOG.warning("the lease could not be renewed")
            finally:
                connection.close()


class _Teller:
    """Writes how far the work is, not more often than people look; raises Stopped when it was called off."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.last = (0.0, "")

    def __call__(self, what: str, done: int, of: int | None) -> None:
        at, before = self.last
        if what == before and time.monotonic() - at < TOLD_EVERY_S:
            return
        self.last = (time.monotonic(), what)
        mine = Job.objects.filter(pk=self.job.pk, state=Job.RUNNING, attempts=self.job.attempts)
        if not mine.update(doing=what[:200], done=max(0, done), of=of):
            raise Stopped
