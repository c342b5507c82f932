"""'Explain this number': the interval list behind one measure of one request."""

from datetime import datetime

from otklik.actions.measure_speed import Yardstick
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.calendars import CalendarBook
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import Explanation


class UnknownRequest(UserError):
    """No such request in the log: facts `request`."""

    code = "unknown-request"
    message = N_("There is no request %(request)s in this log.")
    hint = N_("Write the number exactly as the records do; large and small letters and leading zeros count.")


class UnknownMeasure(UserError):
    """No such measure: facts `measure`, `known`."""

    code = "unknown-measure"
    message = N_("There is no measure %(measure)s.")
    hint = N_("Known measures: %(known)s.")


def explain_wait(log: ServiceLog, request: str, measure: str, yardstick: Yardstick) -> list[Explanation]:
    """Explain the measure for every source that has a request of that name; raise where there is none."""
    return explain_in(log, yardstick.book(), request, measure, yardstick.as_of)


def explain_in(
    log: ServiceLog, book: CalendarBook | None, request: str, measure: str, as_of: datetime | None = None
) -> list[Explanation]:
    """Explain by calendars that are already loaded."""
    import pyarrow.compute as pc

    from otklik.measures import catalog, explain

    known = [entry.id for entry in catalog.MEASURES]
    if measure not in known:
        raise UnknownMeasure(measure=measure, known=", ".join(known))
    rows = log.requests.filter(pc.equal(log.requests["request"], request))
    sources = dict.fromkeys(rows["source"].to_pylist())
    if not sources:
        raise UnknownRequest(request=request)
    return [explain(log, book, source, request, measure, as_of=as_of) for source in sources]
