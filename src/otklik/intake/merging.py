"""A request merged into another leaves the measures; what its customer and we said in it goes on in the target.

Every `merged` event names its target in `activity`. The customer's and the public messages of the merged request are
copied to the target at the same instant, as messages; a chain of merges is followed to its end.
"""

import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.duplicates import IDENTITY


def join_merged(events: pa.Table) -> pa.Table:
    """Add to each target the messages of the requests merged into it; those it has already are not doubled."""
    merges = events.filter(pc.and_(pc.equal(events["kind"], "merged"), pc.is_valid(events["activity"])))
    if not merges.num_rows:
        return events
    targets = dict(zip(merges["request"].to_pylist(), merges["activity"].to_pylist(), strict=True))
    final = {request: _end_of_chain(request, targets) for request in targets}
    moved = events.filter(pc.and_(_is_said(events), pc.is_in(events["request"], value_set=pa.array(list(final)))))
    targets_of = pa.array([final[request] for request in moved["request"].to_pylist()], pa.string())
    moved = moved.set_column(moved.schema.get_field_index("request"), "request", targets_of)
    kinds = pa.array(["message"] * moved.num_rows, pa.string())
    moved = moved.set_column(moved.schema.get_field_index("kind"), "kind", kinds)
    moved = moved.set_column(moved.schema.get_field_index("status"), "status", pa.nulls(moved.num_rows, pa.string()))
    return pa.concat_tables([events, _unknown_to_target(moved, events).cast(events.schema)])


def _is_said(events: pa.Table) -> pa.ChunkedArray:
    customer = pc.equal(events["by"], "customer")
    message = pc.and_(pc.equal(events["kind"], "message"), pc.or_(customer, events["public"]))
    opening = pc.and_(pc.equal(events["kind"], "created"), pc.and_(customer, events["public"]))
    return pc.or_(message, opening)


def _end_of_chain(request: str, targets: dict[str, str]) -> str:
    seen = {request}
    while (following := targets.get(request)) is not None and following not in seen:
        seen.add(following)
        request = following
    return request


def _unknown_to_target(moved: pa.Table, events: pa.Table) -> pa.Table:
    names = [name for name in IDENTITY if name in {"request", "at", "kind", "by", "actor", "public"}]
    there = events.filter(pc.is_in(events["request"], value_set=pc.unique(moved["request"])))
    known = {tuple(row.values()) for row in there.select(names).to_pylist()}
    is_new = [tuple(row.values()) not in known for row in moved.select(names).to_pylist()]
    return moved.filter(pa.array(is_new, pa.bool_()))
