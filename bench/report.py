"""`otklik report` on 100,000 requests (at most 20 s) and `otklik --help` (at most 0.3 s), as a user starts them."""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from otklik.scenarios import simulate_company

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000


def timed(*arguments: str) -> tuple[float, float]:
    """Seconds and peak MiB of one command of its own."""
    start = time.perf_counter()
    command = ["/usr/bin/time", "-v", sys.executable, "-m", "otklik", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    peak = re.search(r"Maximum resident set size \(kbytes\): (\d+)", done.stderr)
    return time.perf_counter() - start, int(peak[1]) / 1024 if peak else float("nan")


def main() -> None:
    """Print seconds and memory, best of three for the help, one for the report."""
    help_s = min(timed("--help")[0] for _ in range(3))
    print(f"otklik --help                      {help_s:6.2f} s   (target 0.3 s)")
    with tempfile.TemporaryDirectory() as folder:
        log, calendars = simulate_company(REQUESTS).write(Path(folder))
        page = Path(folder) / "report.html"
        for turn in ("first (compiles)", "second"):
            seconds, peak = timed("report", str(log), "--calendar", str(calendars), "--out", str(page))
            print(
                f"otklik report, {REQUESTS:,} requests, {turn:<17} {seconds:6.2f} s   {peak:6.0f} MiB   (target 20 s)"
            )
        print(f"page: {page.stat().st_size / 1024:.0f} KiB; log: {log.stat().st_size / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
