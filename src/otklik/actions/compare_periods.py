"""Compare the requests of a view with those of the period before."""

from collections.abc import Sequence

from otklik.actions.cut_log import Shelf, cut_log
from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS
from otklik.schemas.log import ImportCount, ServiceLog
from otklik.schemas.results import Comparison
from otklik.schemas.targets import Target
from otklik.schemas.views import View


def compare_periods(
    shelf: Shelf, now: View, before: View, *, zone: str = "UTC", targets: Sequence[Target] = ()
) -> Comparison | None:
    """Say whether customers wait longer than in the period before; the first fitting target sets the limit."""
    from otklik.findings.comparison import comparison
    from otklik.findings.evidence import Evidence
    from otklik.findings.speed import headline_measure

    def evidence(view: View) -> Evidence:
        cut = cut_log(shelf, view, zone)
        nothing = EVENTS.empty_table(), REQUESTS.empty_table()
        log = ServiceLog(*nothing, shelf.snapshot.sources, QUARANTINE.empty_table(), ImportCount())
        return Evidence(log, cut.measured, zone, now.measure, now.clock)

    ours = evidence(now)
    measure = headline_measure(ours)
    fitting = (one for one in targets if one.measure == measure and one.clock == now.clock and not one.only)
    limit = next((one.within_s for one in fitting), None)
    return comparison(ours, evidence(before), limit)
