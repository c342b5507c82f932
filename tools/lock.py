"""Resolve the dependencies anew into the three lock files: hashes, no index addresses, any platform."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

COMMON = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header", "-q"]
LOCKS = {
    "requirements.lock": ["pyproject.toml", "--group", "build"],
    "requirements-dev.lock": ["pyproject.toml", "--group", "build", "--group", "dev", "-c", "requirements.lock"],
    "requirements-spark.lock": ["--group", "spark", "-c", "requirements-dev.lock"],
}


def locked_names(name: str) -> set[str]:
    """Name the packages a lock file holds, in their normal spelling."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", Path(name).read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", package).lower() for package in found}


def problems() -> list[str]:
    """Say what is wanted but not locked, and where an address stands in a lock file."""
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    wanted = {
        "requirements.lock": [*project["project"]["dependencies"], *project["dependency-groups"]["build"]],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
        "requirements-spark.lock": project["dependency-groups"]["spark"],
    }
    found = []
    for name, requirements in wanted.items():
        locked = locked_names(name)
        bare = (re.split(r"[\[<>=!~; ]", requirement)[0] for requirement in requirements)
        found += [f"{name}: {package} is not locked" for package in bare if package.lower() not in locked]
        if "://" in Path(name).read_text("utf-8"):
            found.append(f"{name}: holds an address")
    return found


def main() -> None:
    """Write every lock file (the later ones agree with the earlier), or with --check only compare."""
    if "--check" in sys.argv:
        if wrong := problems():
            sys.exit("\n".join(wrong))
        print("every dependency is locked")
        return
    for name, what in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", *what, *COMMON, *sys.argv[1:], "-o", name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        print(f"{name} written")


if __name__ == "__main__":
    main()
