"""Simulate the sample company and leave its records in a folder."""

from pathlib import Path


def simulate(folder: Path, requests: int, seed: int) -> tuple[Path, Path]:
    """Write the simulated log (CSV) and its calendars (TOML); return both paths."""
    from otklik.scenarios import simulate_company

    return simulate_company(requests, seed).write(folder)
