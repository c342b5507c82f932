"""How soon a page of the web application stands: a real HTTP client against a really started server.

    python -m bench.web_pages [REQUESTS] [LOG_FOLDER]

Requests have 8 events each. Every dashboard is opened 40 times as the owner sees it first, then with a filter nobody
has asked for before. Told: the median and the 95th percentile until the whole answer is there, and how heavy a first
visit is (compressed). Beside it the same server's log-in page, which looks at no record: what any page costs.
Targets: p95 300 ms at 1 M requests, 1 s at 10 M; first visit 500 KB.
"""

import gzip
import http.cookiejar
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import numpy as np

from bench.incremental import build
from otklik.store import ServiceStore

PAGES = ("now", "how-fast", "where-time-goes", "when", "who-waits", "record-quality")
TIMES = 40
PASSWORD = "correct horse battery"


def prepared(folder: Path, total: int, log: Path | None) -> None:
    """A data folder with a measured log and an owner."""
    from otklik.web.serve import prepare

    prepare(folder)
    from otklik.actions.keep_log import measure_kept_log
    from otklik.web.accounts.owners import first_owner
    from otklik.web.calendars import current
    from otklik.web.calendars.models import State
    from otklik.web.jobs.registry import Asked
    from otklik.web.speed.work import write_usual_pages

    first_owner("owner@example.org", PASSWORD, name="Bench", time_zone="Europe/Moscow")
    if log is not None:
        (folder / "log").symlink_to(log.resolve())
    elif not ServiceStore(folder / "log").exists():
        build(folder / "log", total)
    began = time.perf_counter()
    measure_kept_log(folder / "log", current.yardstick())
    print(f"  measured               {time.perf_counter() - began:8.1f} s", flush=True)
    began = time.perf_counter()
    write_usual_pages(Asked(0, {}, None, lambda *_: None))
    print(
        f"  usual pages written    {time.perf_counter() - began:8.1f} s   (after an import, by the worker)", flush=True
    )
    assert State


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Browser:
    """An HTTP client that keeps cookies and asks for compressed answers."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.opener.addheaders = [("Accept-Encoding", "br, gzip")]

    def get(self, path: str) -> tuple[float, int, bytes]:
        began = time.perf_counter()
        with self.opener.open(self.base + path, timeout=120) as answer:
            body = answer.read()
        return time.perf_counter() - began, len(body), body

    def log_in(self) -> None:
        self.opener.addheaders = []
        page = self.get("/account/login/")[2].decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        told = {"csrfmiddlewaretoken": token, "login": "owner@example.org", "password": PASSWORD}
        request = urllib.request.Request(
            f"{self.base}/account/login/", urllib.parse.urlencode(told).encode(), {"Referer": self.base}
        )
        self.opener.open(request, timeout=60).read()


def told(name: str, seconds: list[float]) -> float:
    p50, p95 = np.quantile(seconds, [0.5, 0.95])
    print(f"  {name:<34} median {p50 * 1000:7.0f} ms   p95 {p95 * 1000:7.0f} ms", flush=True)
    return float(p95)


def measure(base: str) -> None:
    browser = Browser(base)
    for _ in range(240):
        try:
            browser.get("/health/live")
            break
        except OSError:
            time.sleep(0.25)
    floor = told("log-in page (no records)", [browser.get("/account/login/")[0] for _ in range(TIMES)])
    browser.log_in()
    worst = max(told(f"/{page}/", [browser.get(f"/{page}/")[0] for _ in range(TIMES)]) for page in PAGES)
    ways = [f"/how-fast/?start=2024-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in range(TIMES)]
    filtered = told("/how-fast/ with a new filter", [browser.get(way)[0] for way in ways])
    part, _, _ = browser.get("/part/fast/?start=2024-03-03")
    print(f"  its numbers, counted on demand     {part * 1000:7.0f} ms")
    print(f"  worst p95 {worst * 1000:.0f} ms = {worst / floor:.1f} x the log-in page")
    print(f"  with a filter nobody asked for before {filtered * 1000:.0f} ms")
    first_visit(browser)


def first_visit(browser: Browser) -> None:
    browser.opener.addheaders = [("Accept-Encoding", "gzip")]
    _, size, body = browser.get("/now/")
    page = gzip.decompress(body).decode() if body[:2] == b"\x1f\x8b" else body.decode()
    files = sorted(set(re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg)[^"]*)"', page)))
    heavy = sum(browser.get(path)[1] for path in files) / 1024
    print(f"  first visit, as sent: page {size / 1024:.0f} KiB, styles, scripts and pictures {heavy:.0f} KiB")


def main() -> None:
    """Prepare, serve, ask, print."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    log = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    print(f"{total:,} requests x 8 events")
    folder = Path(tempfile.mkdtemp(prefix="otklik-bench-web-"))
    os.environ["OTKLIK_DATA"] = str(folder)
    prepared(folder, total, log)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "otklik", "serve", "--data", str(folder), "--port", str(port), "--no-worker"]
    )
    try:
        measure(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
