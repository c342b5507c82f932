"""Team handoffs: how often the request went from one team to another."""

from collections.abc import Sequence

from otklik.measures.intervals import Intervals
from otklik.measures.occurrences import count_hand_overs
from otklik.measures.timeline import Life


def team_handoffs(life: Life, team: Sequence[int], out: Intervals) -> int:
    """How often the request went from one team to another.

    Input     life: Life; team: of its events
    Output    out: one interval of no length each time another one holds it than the last who did; the first holder
              is no handoff, nor is letting go and taking it again; returns the state
    Unit      count
    Open end  running while the request is open: it may become more
    Errors    none
    Source    docs/method/team_handoffs.md
    """
    return count_hand_overs(life, team, out)
