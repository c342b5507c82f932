"""How the installation is: counted from what all processes share, so that one of many may be asked."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Max, Min
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest

from otklik.web.accounts.login_flood import flood_wait_s
from otklik.web.api import request_metrics
from otklik.web.api.models import Delivery, Push, Webhook
from otklik.web.jobs.models import Job, Tick

SILENT_AFTER: Final = timedelta(seconds=90)
"""A worker that has not begun its regular work for so long, and has no work in hand, is not there."""


@dataclass(frozen=True)
class Health:
    """What is needed to answer."""

    database: bool
    folder: bool
    worker: bool

    @property
    def is_ready(self) -> bool:
        """Everything is there."""
        return self.database and self.folder and self.worker


def health() -> Health:
    """Look; never raises."""
    database = _database_answers()
    return Health(database, _folder_can_be_written(), database and _worker_lives())


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1 from api_bucket union all select 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return False


def _folder_can_be_written() -> bool:
    try:
        folders = [settings.DATA.uploads, *([settings.DATA.log] if settings.DATA.log.exists() else [])]
    except OSError:
        return False
    return all(os.access(folder, os.R_OK | os.W_OK | os.X_OK) for folder in folders)


def _worker_lives() -> bool:
    now = timezone.now()
    try:
        last = Tick.objects.aggregate(last=Max("last_at"))["last"]
        if last is not None and last > now - SILENT_AFTER:
            return True
        return Job.objects.filter(state=Job.RUNNING, lease_until__gt=now).exists()
    except DatabaseError:
        return False


class Collector:
    """Everything told at /metrics, read when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        """Read and tell."""
        yield _gauge("otklik_info", "Which version answers.", [({"version": version("otklik")}, 1)])
        found = health()
        yield _gauge("otklik_ready", "1 = database, folder and worker are there.", [({}, found.is_ready)])
        yield _gauge("otklik_worker_alive", "1 = a worker does the background work.", [({}, found.worker)])
        if not found.database:
            return
        yield _counted("otklik_jobs", "Pieces of background work by kind and state.", Job, "kind", "state")
        yield _gauge("otklik_oldest_job_seconds", "How long the oldest due work waits.", [({}, _oldest_s())])
        yield _counted("otklik_pushes", "Bodies pushed by programs, by state.", Push, "state")
        yield _counted("otklik_webhook_deliveries", "Calls to other programs by state.", Delivery, "state")
        waits = flood_wait_s() > 0
        yield _gauge("otklik_login_flood", "1 = so many log-ins fail that unknown browsers wait.", [({}, waits)])
        paused = Webhook.objects.exclude(paused_at=None).count()
        yield _gauge("otklik_webhooks_paused", "Programs that are called no more.", [({}, paused)])


def exposition() -> tuple[bytes, str]:
    """The metrics as Prometheus reads them, and what kind of text that is."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collector())  # type: ignore[arg-type]
    request_metrics.register_with(registry)
    return generate_latest(registry), "text/plain; version=0.0.4; charset=utf-8"


def _gauge(name: str, text: str, values: list[tuple[dict[str, str], float]]) -> Metric:
    gauge = GaugeMetricFamily(name, text, labels=sorted(values[0][0]) if values else [])
    for labels, value in values:
        gauge.add_metric([labels[label] for label in sorted(labels)], float(value))
    return gauge


def _counted(name: str, text: str, model: Any, *by: str) -> Metric:
    rows = model.objects.order_by().values(*by).annotate(n=Count("pk"))
    return _gauge(name, text, [({label: row[label] for label in by}, row["n"]) for row in rows])


def _oldest_s() -> float:
    now = timezone.now()
    first = Job.objects.filter(state=Job.QUEUED, run_at__lte=now).aggregate(first=Min("run_at"))["first"]
    return 0.0 if first is None else (now - first).total_seconds()
