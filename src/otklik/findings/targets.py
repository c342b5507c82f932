"""Promises against what happened."""

from collections.abc import Sequence

import numpy as np

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.findings.durations import Durations
from otklik.findings.evidence import Evidence
from otklik.findings.slicing import column_of
from otklik.measures.catalog import MEASURES
from otklik.schemas.results import TargetResult
from otklik.schemas.targets import Target


class UnknownMeasure(UserError):
    """A target on something that is not measured in seconds: facts `measure`, `measures`."""

    code = "unknown-measure"
    message = N_("There is no duration called %(measure)s to set a target for.")
    hint = N_("Durations: %(measures)s.")


def target_results(evidence: Evidence, targets: Sequence[Target]) -> list[TargetResult]:
    """Which promises were kept.

    Input     Evidence; targets
    Output    schemas.results.TargetResult in the same order; `met` only where the 95 % interval lies on one side
    Unit      share 0..1
    Open end  running requests are at risk until the horizon; those that ended unanswered are missed
    Errors    UnknownMeasure, UnknownColumn
    Source    docs/en/method/statistics.md: a percentile target is a share target
    """
    return [_result(evidence, target) for target in targets]


def _result(evidence: Evidence, target: Target) -> TargetResult:
    some = _concerned(evidence, target)
    share, low, high = some.curve.share_within(target.within_s)
    met = None
    if low is not None and low >= target.share:
        met = True
    elif high is not None and high < target.share:
        met = False
    return TargetResult(target=target, n=some.n, share=share, low=low, high=high, met=met)


def _concerned(evidence: Evidence, target: Target) -> Durations:
    known = [measure.id for measure in MEASURES if measure.unit == "s"]
    if target.measure not in known:
        raise UnknownMeasure(measure=target.measure, measures=", ".join(known))
    durations = evidence.durations(target.measure, target.clock)
    chosen = np.ones(durations.n, dtype=np.bool_)
    for by, value in target.only.items():
        column = column_of(evidence, by)
        wanted = [i for i, name in enumerate(column.names) if name == value]
        chosen &= np.isin(column.code[durations.rows], wanted)
    return durations.where(chosen)
