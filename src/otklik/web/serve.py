"""`otklik serve`: one command that serves and runs the background work."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Serving:
    """How to serve; `workers` web processes, and whether background work is done here too."""

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    with_worker: bool = True

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{self.host}:{self.port}"


def set_up(folder: Path | None = None) -> None:
    """Load Django on a data folder; call it before anything of the application is imported."""
    if folder is not None:
        os.environ["OTKLIK_DATA"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.web.settings")
    from otklik.web.database import take_current_sqlite

    take_current_sqlite()
    import django

    django.setup()


def prepare(folder: Path) -> None:
    """Bring the database to this version; safe to call at every start."""
    set_up(folder)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def serve(serving: Serving) -> None:
    """Serve until stopped; the worker is a process of its own, so that heavy work never slows a page."""
    from granian import Granian
    from granian.constants import Interfaces

    os.environ["OTKLIK_DATA"] = str(serving.folder.resolve())
    os.environ.setdefault("OTKLIK_URL", f"http://{serving.host}:{serving.port}")
    worker = _start_worker() if serving.with_worker else None
    try:
        Granian(
            "otklik.web.wsgi:application",
            address=serving.host,
            port=serving.port,
            interface=Interfaces.WSGI,
            workers=serving.workers,
            blocking_threads=8,
            backlog=1024,
            log_enabled=False,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        ).serve()
    finally:
        if worker is not None:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=30)


def work(folder: Path) -> None:
    """Do background work until stopped."""
    set_up(folder)
    from otklik.web.jobs.worker import Worker

    worker = Worker()
    worker.stop_on_signals()
    worker.run()


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "otklik", "worker"], env=os.environ.copy())
