"""`otklik serve`: one command that serves and runs the background work."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from otklik.web.listening import check_address

RESTART_AFTER_S = 1.0
MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own in it, for us alone
COUNTED = "PROMETHEUS_MULTIPROC_DIR"
"""Where the web processes of one server count side by side (web.api.request_metrics)."""


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
    """Serve until stopped: a web server and a worker, each a fresh process, each started again when it dies.

    Raises PortTaken where another program listens there already.

    Fresh, because what the log is read with does not survive a fork; apart, so that heavy work never slows a page.
    """
    check_address(serving.host, serving.port)
    os.environ["OTKLIK_DATA"] = str(serving.folder.resolve())
    os.environ.setdefault("OTKLIK_URL", serving.address)
    counted = let_them_count_together(serving.folder.resolve())
    commands = [_web_command(serving)]
    if serving.with_worker:
        commands.append([sys.executable, "-m", "otklik", "worker"])
    try:
        Supervisor(commands).run()
    finally:
        if counted:
            shutil.rmtree(counted, ignore_errors=True)


def let_them_count_together(folder: Path) -> Path | None:
    """Give the web processes an empty place in memory for what they count, unless whoever starts us chose one.

    Not in the data folder: a disk that is full would kill whoever writes to a file mapped into memory. Where there is
    no such place each process counts for itself.
    """
    if COUNTED in os.environ or not os.access(MEMORY, os.W_OK):
        return None
    place = MEMORY / f"otklik-{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(mode=0o700)
    except OSError:  # somebody else's
        return None
    os.environ[COUNTED] = str(place)
    return place


def work(folder: Path) -> None:
    """Do background work until stopped."""
    set_up(folder)
    from otklik.web.jobs.worker import Worker

    worker = Worker()
    worker.stop_on_signals()
    worker.run()


class Supervisor:
    """Keeps commands running until it is told to stop; they end with it, even when it is killed."""

    def __init__(self, commands: list[list[str]]) -> None:
        self.commands = commands
        self.stop = threading.Event()

    def run(self) -> None:
        """Start, watch, start again; SIGTERM and Ctrl-C end it."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop.set())
        running = [(command, _started(command)) for command in self.commands]
        while not self.stop.wait(0.5):
            for place, (command, process) in enumerate(running):
                if process.poll() is not None:
                    self.stop.wait(RESTART_AFTER_S)
                    if not self.stop.is_set():
                        running[place] = (command, _started(command))
        for _, process in running:
            process.terminate()
        for _, process in running:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=os.environ.copy(), preexec_fn=_end_with_parent)


def _end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it is gone."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _web_command(serving: Serving) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", serving.host, "--port", str(serving.port),
        "--workers", str(serving.workers), "--blocking-threads", "8", "--backlog", "1024", "--no-log",
        "--respawn-failed-workers", "--workers-kill-timeout", "10", "otklik.web.wsgi:application",
    ]  # fmt: skip
