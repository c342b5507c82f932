"""Split the waiting of those that miss a goal, and of those that do not: whose move, which hours, taken or not."""

from collections.abc import Iterator
from typing import Final

from otklik.actions.count_days import Rows
from otklik.actions.cut_log import Shelf
from otklik.schemas.goal_changes import Part, PartName, Split, SplitBy
from otklik.schemas.goals import Bound

_FROM_ASKING: Final = ("first_reply", "acknowledgement")
"""They begin when the customer asks, as the first wait does."""
_FROM_OPENING: Final = ("resolution", "first_resolution")
_OURS: Final = ("longest_wait", "waiting_on_us", "unassigned", "hands_on")
"""Stretches in which we can work; when they begin the facts do not tell."""
Cuts = dict[PartName, str]


def split_waiting(shelf: Shelf, bound: Bound, counted: Rows) -> Iterator[Split]:
    """The waiting in parts that add up to it, once for each way to look at it that the record can tell.

    `counted` are rows as `rows_of` has them, each with whether it is `missed`. One whose parts are not on record is in
    no part, and not in the number of them. Nothing of counts, and of waiting on others.
    """
    for by, cuts in _ways(bound).items():
        split = _split(shelf, bound, by, cuts, counted)
        if split.misses and sum(one.misses_s + one.others_s > 0 for one in split.parts) > 1:
            yield split


def _ways(bound: Bound) -> dict[SplitBy, Cuts]:
    told: dict[SplitBy, Cuts] = {}
    if bound.measure == "resolution":
        told["turn"] = _turns(bound.clock)
    elif bound.clock == "elapsed" and bound.measure in (*_FROM_ASKING, *_FROM_OPENING, *_OURS, "waits"):
        told["hours"] = {"open": "business_s", "closed": "value - business_s"}
    if bound.measure in (*_FROM_ASKING, *_FROM_OPENING, "waits"):
        before = _before(bound)
        told["taken"] = {"before": before, "after": f"value - ({before})"}
    return told


def _turns(clock: str) -> Cuts:
    """The three turns add up to the life of a request, and so to its resolution."""
    if clock == "business":
        return {
            "us": "waiting_on_us_business_s", "customer": "waiting_on_customer_business_s",
            "third_party": "coalesce(waiting_on_third_party_business_s, 0)",
        }  # fmt: skip
    us, business = "waiting_on_us_s", "waiting_on_us_business_s"
    return {
        "us_open": f"coalesce({business}, 0)",
        "us_closed": f"coalesce({us} - {business}, 0)",
        "us": f"case when {business} is null then {us} else 0 end",
        "customer": "waiting_on_customer_s",
        "third_party": "coalesce(waiting_on_third_party_s, 0)",
    }


def _before(bound: Bound) -> str:
    """How much of a wait had gone when somebody took the request; null where the record cannot tell.

    A request is without a holder from its first event on; a wait may begin later than that.
    """
    between = (
        "unassigned_s - late_s" if bound.clock == "elapsed" else "case when late_s = 0 then unassigned_business_s end"
    )
    return (
        "case when unassigned_s <= late_s then 0 when unassigned_s >= late_s + elapsed_s then value "
        f"when unassigned_s is not null then {between} end"
    )


def _split(shelf: Shelf, bound: Bound, by: SplitBy, cuts: Cuts, counted: Rows) -> Split:
    from otklik.store.engine import open_engine

    sums = ", ".join(f"coalesce(sum({name}) filter (where known), 0)" for name in cuts)
    parts = ", ".join(f"{text} as {name}" for name, text in cuts.items())
    beside = _beside(shelf, bound, counted)
    known = " and ".join(f"{name} is not null" for name in cuts)
    query = (
        f"select missed, count(*) filter (where known), {sums} from "
        f"(select *, {known} as known from (select missed, {parts} from ({beside}))) group by missed"
    )
    with open_engine() as sql:
        found = {row[0]: row[1:] for row in sql.execute(query, dict(counted.values)).fetchall()}
    nothing = (0,) * (1 + len(cuts))
    misses, others = found.get(True, nothing), found.get(False, nothing)
    told = [
        Part(part=name, misses_s=misses[place], others_s=others[place])
        for place, name in enumerate(cuts, start=1)
        if misses[place] or others[place]
    ]
    return Split(by=by, misses=misses[0], others=others[0], parts=tuple(told))


def _beside(shelf: Shelf, bound: Bound, counted: Rows) -> str:
    """What is counted, with the facts of its request, and how many seconds after the first event its wait began."""
    facts, waits = shelf.kept.sql("facts"), shelf.kept.sql("waits")
    wanted = ("unassigned", "waiting_on_us", "waiting_on_customer", "waiting_on_third_party")
    columns = ", ".join(f"{name}_s, {name}_business_s" for name in wanted)
    asked = f'select source, request, min("start") as asked_at from ({waits}) group by all'
    start = "coalesce(asked_at, opened_at)" if bound.measure in _FROM_ASKING else "began"
    return (
        f"select missed, value, elapsed_s, business_s, epoch({start}) - epoch(opened_at) as late_s, f.* "
        f"from ({counted.text}) join (select source, request, opened_at, {columns} from ({facts})) f "
        f"using (source, request) left join ({asked}) using (source, request)"
    )
