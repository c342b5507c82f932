"""A request merged into another leaves the measures; what its customer and we said in it goes on in the target.

Every `merged` event names its target in `activity`. The customer's and the public messages of the merged request are
copied to the target at the same instant, as messages; a chain of merges is followed to its end.
"""

import numpy as np
import pyarrow as pa

from otklik.intake.coded import Bools, among, coded, constant, is_null, translated


def join_merged(events: pa.Table) -> pa.Table:
    """Add to each target the messages of the requests merged into it; those it has already are not doubled."""
    is_merge = among(coded(events["kind"]), {"merged"}) & ~is_null(coded(events["activity"]))
    if not is_merge.any():
        return events
    merges = events.filter(pa.array(is_merge))
    targets = dict(zip(merges["request"].to_pylist(), merges["activity"].to_pylist(), strict=True))
    final = {request: _end_of_chain(request, targets) for request in targets}
    moved = events.filter(pa.array(_is_said(events) & among(coded(events["request"]), final)))
    moved = _set(moved, "request", translated(coded(moved["request"]), lambda request: final.get(request, request)))
    moved = _set(moved, "kind", constant("message", moved.num_rows))
    for told_of_the_other in ("status", "team", "assignee"):
        moved = _set(moved, told_of_the_other, constant(None, moved.num_rows))
    new = _unknown_to_target(moved, events)
    return pa.concat_tables([events, new.cast(events.schema)]).unify_dictionaries().combine_chunks()


def _set(events: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return events.set_column(events.schema.get_field_index(name), events.schema.field(name), column)


def _is_said(events: pa.Table) -> Bools:
    kind, customer = coded(events["kind"]), among(coded(events["by"]), {"customer"})
    public = np.asarray(events["public"])
    said: Bools = (among(kind, {"message"}) & (customer | public)) | (among(kind, {"created"}) & customer & public)
    return said


def _end_of_chain(request: str, targets: dict[str, str]) -> str:
    seen = {request}
    while (following := targets.get(request)) is not None and following not in seen:
        seen.add(following)
        request = following
    return request


def _unknown_to_target(moved: pa.Table, events: pa.Table) -> pa.Table:
    names = ["request", "at", "kind", "by", "actor", "public"]
    there = events.filter(pa.array(among(coded(events["request"]), set(moved["request"].to_pylist()))))
    known = {tuple(row.values()) for row in there.select(names).to_pylist()}
    new = [tuple(row.values()) not in known for row in moved.select(names).to_pylist()]
    return moved.filter(pa.array(new, pa.bool_()))
