"""Why it changed: other requests came, or the same are served otherwise."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from otklik.base.units import to_us
from otklik.findings.durations import Durations
from otklik.findings.evidence import Evidence
from otklik.findings.slicing import column_of, offered
from otklik.schemas.events import NONE
from otklik.schemas.results import ChangePart, ChangeReason
from otklik.stats import decompose
from otklik.stats.estimate import Flags, Ints

PARTS = 8
OTHERS = ""
"""Name of the part that holds all smaller values and the requests without one."""


def change_reasons(
    evidence: Evidence, durations: Durations, limit_s: float, changes: Sequence[datetime]
) -> list[ChangeReason]:
    """How much of the last change comes with the mix of channels, teams, categories ..., how much with the service.

    Input     Evidence; the durations of the headline measure; the limit that 'in time' means; instants of the changes
    Output    schemas.results.ChangeReason for each column of `slicing.offered`; empty without a change
    Unit      share served within the limit (0.05 = five points)
    Open end  shares come from the headline curve of each part, so running requests count as far as they were followed;
              a column with a part that was followed too briefly to tell is left out
    Errors    none
    Source    Kitagawa 1955 (stats.decompose)
    """
    if not changes:
        return []
    came = evidence.opened_us[durations.rows]
    edge = to_us(changes[-1])
    since = to_us(changes[-2]) if len(changes) > 1 else int(came.min())
    before, after = (came >= since) & (came < edge), came >= edge
    found = []
    for by in offered(evidence):
        reason = _reason(evidence, durations, limit_s, by, changes[-1], before, after)
        found += [reason] if reason else []
    return found


def _reason(
    evidence: Evidence, durations: Durations, limit_s: float, by: str, at: datetime, before: Flags, after: Flags
) -> ChangeReason | None:
    column = column_of(evidence, by)
    code = column.code[durations.rows]
    size = np.bincount(code[code != NONE], minlength=len(column.names))
    shown = [i for i in np.argsort(-size, kind="stable")[:PARTS].tolist() if size[i]]
    if len(shown) < 2:
        return None
    part = _parts_of(code, shown)
    tallies = [
        [_tally(durations, (part == i) & side, limit_s) for i in range(len(shown) + 1)] for side in (before, after)
    ]
    if any(k is None for side in tallies for _, k in side):
        return None
    (n0, k0), (n1, k1) = ([np.array(c, dtype=float) for c in zip(*side, strict=True)] for side in tallies)
    split = decompose(n0, k0, n1, k1)
    names = [*(column.names[i] for i in shown), OTHERS]
    return ChangeReason(
        at=at,
        by=by,
        change=split.change,
        mix=float(split.mix.sum()),
        within=float(split.within.sum()),
        parts=[
            ChangePart(
                value=name,
                n_before=int(n0[i]),
                n_after=int(n1[i]),
                share_before=float(k0[i] / n0[i]) if n0[i] else None,
                share_after=float(k1[i] / n1[i]) if n1[i] else None,
                mix=float(split.mix[i]),
                within=float(split.within[i]),
            )
            for i, name in enumerate(names)
            if n0[i] or n1[i]
        ],
    )


def _parts_of(code: Ints, shown: list[int]) -> Ints:
    part = np.full(code.size, len(shown), dtype=np.int64)
    for place, i in enumerate(shown):
        part[code == i] = place
    return part


def _tally(durations: Durations, mine: Flags, limit_s: float) -> tuple[int, float | None]:
    """How many came, and how many of them were served in time by the curve; None where it was not followed."""
    some = durations.where(mine)
    if not some.n:
        return 0, 0.0
    share = some.curve.share_within(limit_s).value
    return some.n, None if share is None else share * some.n
