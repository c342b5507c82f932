"""The same question asked of real logs: every quarter they hold, one after another, through the measures themselves.

    python -m bench.okr_forecast --real FOLDER

Each record is a share of one log: requests within T, counted by day by `otklik.actions.count_days` as a goal would be.
After a quarter of history every quarter is a cycle of three targets (0, 0.25 and 0.5 of log-odds above the share right
before it), asked after weeks 3, 6, 9 and 11. What calibrates the forecast and turns the rulers into frequencies is
learnt from the other records only, so nothing has seen its own future.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from otklik.actions.count_days import count_days
from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.goals.backtest import ASKED_AT, Asked, backtest_series
from otklik.goals.calibration import Said, calibration_error, calibration_table, clipped, learn_calibration
from otklik.schemas.goals import Bound, DayCount
from otklik.store import ServiceStore

DAY_S = 86_400.0


@dataclass(frozen=True)
class Record:
    """One share of one log."""

    name: str
    file: str
    zone: str
    within_days: float


RECORDS = (
    Record("San Francisco 311, 1 day", "tickets/sf311_sample_10000.csv.gz", "America/Los_Angeles", 1),
    Record("San Francisco 311, 3 days", "tickets/sf311_sample_10000.csv.gz", "America/Los_Angeles", 3),
    Record("San Francisco 311, 14 days", "tickets/sf311_sample_10000.csv.gz", "America/Los_Angeles", 14),
    Record("Italian help desk, 5 days", "eventlog/helpdesk_italian.csv.gz", "Europe/Rome", 5),
    Record("Italian help desk, 20 days", "eventlog/helpdesk_italian.csv.gz", "Europe/Rome", 20),
    Record("Italian help desk, 40 days", "eventlog/helpdesk_italian.csv.gz", "Europe/Rome", 40),
    Record("Dutch permits, 30 days", "eventlog/receipt_permits.csv.gz", "Europe/Amsterdam", 30),
    Record("Dutch permits, 60 days", "eventlog/receipt_permits.csv.gz", "Europe/Amsterdam", 60),
    Record("Volvo IT problems, 30 days", "eventlog/bpic2013_closed_problems.xes.gz", "Europe/Stockholm", 30),
    Record("Volvo IT problems, 90 days", "eventlog/bpic2013_closed_problems.xes.gz", "Europe/Stockholm", 90),
)


def days_of(data: Path, records: Sequence[Record] = RECORDS) -> dict[str, tuple[DayCount, ...]]:
    """Import and measure each log once; count its records."""
    found = {}
    for file in dict.fromkeys(record.file for record in records):
        with tempfile.TemporaryDirectory() as folder:
            mine = [record for record in records if record.file == file]
            log = import_log(Records((str(data / file),), time_zone=mine[0].zone))
            ServiceStore(Path(folder) / "log").import_log(log)
            ruler = GoalRuler.of(Path(folder) / "log", Yardstick())
            for one in mine:
                bound = Bound(measure="resolution")
                times = [one.within_days * DAY_S]
                found[one.name] = count_days(ruler.shelf, bound, one.zone, within=times, as_of=ruler.as_of)[0]
    return found


def frequency(learnt: Sequence[Asked], asked: Sequence[Asked], name: str) -> np.ndarray:
    """A ruler's yes and no as often as it came true in the other records, at that week."""
    table = {}
    for week in ASKED_AT:
        for flag in (False, True):
            came = [a.happened for a in learnt if a.week == week and getattr(a, name) == flag]
            table[week, flag] = (sum(came) + 0.5) / (len(came) + 1)
    return np.array([table[a.week, getattr(a, name)] for a in asked])


def methods_of(asked: Sequence[Asked], learnt: Sequence[Asked]) -> dict[str, np.ndarray]:
    """Chances of every method for one record, learnt from the others."""
    raw = np.array([a.chance for a in asked])
    calibration = learn_calibration([Said(a.key_result, a.chance, a.happened) for a in learnt])
    base = float(np.mean([a.happened for a in learnt])) if learnt else 0.5
    return {
        "forecast, calibrated": np.array([clipped(calibration.calibrated(p)) for p in raw]),
        "forecast, raw": np.array([clipped(p) for p in raw]),
        "pace, as frequency": frequency(learnt, asked, "on_pace"),
        "line, as frequency": frequency(learnt, asked, "on_line"),
        "pace, yes or no": np.array([float(a.on_pace) for a in asked]),
        "line, yes or no": np.array([float(a.on_line) for a in asked]),
        "base rate of the others": np.full(len(asked), base),
    }


def ask_real_logs(data: Path) -> None:
    """Print how wrong every method was on every record, and how often the bands held."""
    days = days_of(data)
    asked = {name: backtest_series(rows, name=name) for name, rows in days.items()}
    shares = {name: sum(day.k for day in rows) / max(1, sum(day.n for day in rows)) for name, rows in days.items()}
    few = [name for name, answers in asked.items() if not answers]
    asked = {name: answers for name, answers in asked.items() if answers}
    names = list(methods_of([], []))
    print("record | share | quarters | reached | " + " | ".join(names) + " | 80 % | 95 %")
    wrong: dict[str, list[np.ndarray]] = {name: [] for name in names}
    every_shown, every_came = [], []
    for record, answers in asked.items():
        file = next(one.file for one in RECORDS if one.name == record)
        others = [one.name for one in RECORDS if one.file != file]
        learnt = [a for other in others for a in asked.get(other, ())]
        came = np.array([float(a.happened) for a in answers])
        methods = methods_of(answers, learnt)
        for name, chances in methods.items():
            wrong[name].append((chances - came) ** 2)
        every_shown.append(methods["forecast, calibrated"])
        every_came.append(came)
        briers = " | ".join(f"{wrong[name][-1].mean():.3f}" for name in names)
        cycles = len({a.key_result.rsplit(":", 1)[0] for a in answers})
        said = methods["forecast, raw"].mean()
        happened = f"{came.mean():.2f} (said {said:.2f})"
        print(" | ".join([record, f"{shares[record]:.2f}", str(cycles), happened, briers, *bands(answers)]))
    every = [a for answers in asked.values() for a in answers]
    mean = " | ".join(f"{np.mean([part.mean() for part in wrong[name]]):.3f}" for name in names)
    print(f"mean of the records | | | {np.mean(np.concatenate(every_came)):.2f} | {mean} | {' | '.join(bands(every))}")
    each = " | ".join(f"{np.concatenate(wrong[name]).mean():.3f}" for name in names)
    print(f"mean of the answers | | | | {each} | |")
    table = calibration_table(np.concatenate(every_shown), np.concatenate(every_came))
    print("said -> happened (times): " + ", ".join(f"{r.said:.2f} -> {r.happened:.2f} ({r.times})" for r in table))
    print(f"mean distance of said from happened {calibration_error(table):.3f}")
    if few:
        print(f"too few weeks or requests: {', '.join(few)}")


def bands(asked: Sequence[Asked]) -> tuple[str, str]:
    """How many of the weeks to come lay in their bands."""
    told = max(1, sum(a.weeks_told for a in asked))
    return f"{sum(a.in_80 for a in asked) / told:.2f}", f"{sum(a.in_95 for a in asked) / told:.2f}"
