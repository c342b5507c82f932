"""Resolve the dependencies anew into the three lock files: hashes, no index addresses, any platform."""

import subprocess
import sys

COMMON = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header", "-q"]
LOCKS = {
    "requirements.lock": ["pyproject.toml", "--group", "build"],
    "requirements-dev.lock": ["pyproject.toml", "--group", "build", "--group", "dev", "-c", "requirements.lock"],
    "requirements-spark.lock": ["--group", "spark", "-c", "requirements-dev.lock"],
}


def main() -> None:
    """Write every lock file; the later ones agree with the earlier."""
    for name, what in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", *what, *COMMON, *sys.argv[1:], "-o", name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        print(f"{name} written")


if __name__ == "__main__":
    main()
