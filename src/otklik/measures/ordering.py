"""Order in, order out: events sorted as the log demands, and work of several threads handed back in turn."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

ORDER = ("source", "request", "at", "seq")
_In = TypeVar("_In")
_Out = TypeVar("_Out")


def in_order(events: pa.Table) -> pa.Table:
    """Return the events sorted by source, request, at and seq; untouched when they already are."""
    return events if is_in_order(events) else events.sort_by([(name, "ascending") for name in ORDER])


def is_in_order(events: pa.Table) -> bool:
    """Whether no event is before the one above it."""
    if events.num_rows < 2:
        return True
    earlier, later = events.slice(0, events.num_rows - 1), events.slice(1)
    back = pc.less(later["seq"], earlier["seq"])
    for name in reversed(ORDER[:-1]):
        back = pc.or_(
            pc.less(later[name], earlier[name]),
            pc.and_(pc.equal(later[name], earlier[name]), back),
        )
    return not pc.any(back).as_py()


def in_turn(work: Callable[[_In], _Out], items: Iterable[_In], threads: int) -> Iterator[_Out]:
    """Do the work on several threads, a few items ahead, and give the results in the order of the items.

    Input     work: a function of one item; items; threads: 1 = no other thread
    Output    one result an item, in order; at most `threads` + 1 are under way
    Unit      does not apply
    Open end  does not apply
    Errors    what the work raises comes out in its place, and the rest is dropped
    Source    DESIGN 5: bounded memory, parallel by bucket
    """
    if threads < 2:
        yield from map(work, items)
        return
    pool = ThreadPoolExecutor(threads)
    ahead: deque[Future[_Out]] = deque()
    try:
        for item in items:
            ahead.append(pool.submit(work, item))
            if len(ahead) > threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
