"""`make bench`: every comparison one after another, each in its own process, and the table with its ratios."""

import os
import subprocess
import sys
import time

BENCHES = ("business_time", "measures", "incremental", "read_csv", "read_xes", "report", "web_pages", "okr_forecast")


def main() -> None:
    """Run all, or those named as arguments; a bench that fails is said so and the next one goes on."""
    chosen = sys.argv[1:] or BENCHES
    print(f"{os.cpu_count()} cores; every ratio compares runs of this one session on this one machine.")
    failed = []
    for name in chosen:
        print(f"\n=== {name}", flush=True)
        start = time.perf_counter()
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            failed.append(name)
        print(f"({time.perf_counter() - start:.0f} s)", flush=True)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
