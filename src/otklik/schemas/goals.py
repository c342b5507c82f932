"""Goals as they cross doors and lie in files: cycles, objectives, key results and what they are bound to."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from otklik.base.text import N_
from otklik.schemas.goal_profiles import School
from otklik.schemas.views import Cohort

Level = Literal["company", "team", "personal"]
Commitment = Literal["committed", "aspirational"]
Direction = Literal["raise", "lower", "keep_above", "keep_below", "milestone"]
Stage = Literal["draft", "active", "closing", "closed"]
Scale = Literal["linear", "log"]
Answer = Literal["confirmed", "declined"]

LEVELS: Final = {"company": N_("Company"), "team": N_("Team"), "personal": N_("Personal")}
COMMITMENTS: Final = {"committed": N_("Committed"), "aspirational": N_("Aspirational")}
DIRECTIONS: Final = {
    "raise": N_("Raise"),
    "lower": N_("Lower"),
    "keep_above": N_("Keep at or above"),
    "keep_below": N_("Keep at or below"),
    "milestone": N_("Milestone"),
}
LOWER_IS_BETTER: Final = frozenset(("lower", "keep_below"))
"""Directions in which a smaller number pleases the customer more."""
ANSWERS: Final = {"confirmed": N_("confirmed"), "declined": N_("declined")}
"""What a team says of what another needs from it."""
NEED_STATES: Final = {
    "open": N_("not answered yet"),
    **ANSWERS,
    "carried": N_("the risk is carried"),
    "delivered": N_("has been delivered"),
}
"""How what a goal needs from another team stands."""
STAGES: Final = {"draft": N_("Draft"), "active": N_("Running"), "closing": N_("Closing"), "closed": N_("Closed")}


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


NO_NAME: Final = ""
"""Stands in `assignee` where names do not count as the person's own any more: nothing is measured by it."""

HELD_LAST: Final = N_("only requests that you held last")
"""What a number is limited to by `assignee`, in words; whose requests they are is never told."""


class Slice(_Plain):
    """Which requests a number is about; an empty tuple is every value of that column.

    `assignee` are the names of one person in the records: who held a request last. Only personal goals may have it.
    """

    source: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()
    assignee: tuple[str, ...] = ()
    cohort: Cohort = "arrived"


class Bound(_Plain):
    """A number that comes from the service log by itself: measure, clock, which requests, statistic and window.

    `share` is the share within `within_s`; `quantile` the wait that `quantile` of all stay within (seconds); `count`
    the requests with the measure. `window_days` are the last days of the cycle the number is taken over; None is the
    whole cycle; `weekly` counts the weeks that kept the target.
    """

    how: Literal["measure"] = "measure"
    measure: str
    clock: Literal["elapsed", "business"] = "elapsed"
    calendar: str = ""
    statistic: Literal["share", "quantile", "count"] = "share"
    within_s: float | None = None
    quantile: float | None = Field(default=None, gt=0, lt=1)
    which: Slice = Slice()
    window_days: int | None = Field(default=28, gt=0)
    weekly: bool = False


class Pushed(_Plain):
    """A number some other program sends: surveys, visits of mystery shoppers, a warehouse."""

    how: Literal["pushed"] = "pushed"
    series: str


class Manual(_Plain):
    """A number people type at their check-in."""

    how: Literal["manual"] = "manual"


class Step(_Plain):
    """One step of a milestone: its share of the whole, and the link that proves it."""

    title: str
    weight: float = Field(default=1.0, gt=0)
    due: date | None = None
    done: bool = False
    evidence: str = ""


class Checkpoint(_Plain):
    """Where the number should stand on a day inside the cycle."""

    day: date
    value: float


class KeyResult(_Plain):
    """A measurable change from a baseline to a target by a day. `commit`, `target`, `stretch` grade 0.3, 0.7, 1.0.

    Values are in `unit`: a share is written 0..1 with unit "share", a wait in seconds with unit "s". On the `scale`
    "log" half of the way is half of the ratio: from 60 to 15 minutes, 30 is the middle.
    """

    id: str = ""
    title: str
    direction: Direction = "raise"
    commitment: Commitment | None = None
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    commit: float | None = None
    stretch: float | None = None
    scale: Scale = "linear"
    due: date | None = None
    weight: float = Field(default=1.0, gt=0)
    owners: tuple[str, ...] = ()
    leading: bool | None = None
    source: Annotated[Bound | Pushed | Manual, Field(discriminator="how")] = Manual()
    steps: tuple[Step, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()


class Health(_Plain):
    """A number that must not break while the goal is pursued: inside [low, high], ends included."""

    id: str = ""
    title: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    source: Annotated[Bound | Pushed | Manual, Field(discriminator="how")] = Manual()


class Waiver(_Plain):
    """A rule that does not count here: who decided it, when and why; `place` "" is the whole objective."""

    rule: str
    reason: str
    by: str = ""
    at: datetime | None = None
    place: str = ""


class Need(_Plain):
    """What a goal needs from another team by a day (`key_result` "" is the goal as a whole), and what was said of it.

    Without an answer it is open. The risk of what nobody confirmed may be carried by one person: `is_carried` says that
    it is, also where nobody is named.
    """

    team: str
    what: str
    due: date
    key_result: str = ""
    answer: Answer | None = None
    note: str = ""
    answered_by: str = ""
    answered_on: date | None = None
    risk_owner: str = ""
    is_carried: bool = False
    delivered_on: date | None = None

    @property
    def state(self) -> str:
        """One of NEED_STATES."""
        is_carried = self.is_carried or bool(self.risk_owner)
        return need_state(self.answer or "", is_carried=is_carried, is_delivered=bool(self.delivered_on))


def need_state(answer: str, *, is_carried: bool, is_delivered: bool) -> str:
    """One of NEED_STATES: what is delivered needs no answer, and a risk is carried of what is not confirmed.

    >>> need_state("", is_carried=False, is_delivered=False), need_state("", is_carried=True, is_delivered=False)
    ('open', 'carried')
    """
    if is_delivered:
        return "delivered"
    return "carried" if is_carried and answer != "confirmed" else answer or "open"


class Objective(_Plain):
    """What shall be true for whom, why it matters, and the key results that show it."""

    id: str = ""
    title: str
    why: str = ""
    level: Level = "team"
    team: str = ""
    owner: str = ""
    reviewer: str = ""
    commitment: Commitment | None = None
    contributes_to: tuple[str, ...] = ()
    key_results: tuple[KeyResult, ...] = ()
    health: tuple[Health, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    needs: tuple[Need, ...] = ()


class Cycle(_Plain):
    """A stretch of time in which goals are pursued; days are local and both inside."""

    id: str = ""
    title: str
    start: date
    end: date
    stage: Stage = "draft"
    profile: str = "google"
    own: School | None = None
    """What the profile "own" means here."""
    mid_review: date | None = None
    closing_from: date | None = None
    check_in_days: int = Field(default=7, gt=0)
    objectives: tuple[Objective, ...] = ()
    not_now: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()


class DayCount(_Plain):
    """One row of all the state a share needs: requests that came that day and are ripe, and those within T."""

    day: date
    n: int = Field(ge=0)
    k: int = Field(ge=0)


class Finding(_Plain):
    """One remark of the coach: `place` is a path like "objective:2/kr:1"; words come from `key` and `facts`."""

    rule: str
    severity: Literal["error", "warning", "hint"]
    place: str
    span: tuple[int, int] | None = None
    key: str
    facts: dict[str, Any] = {}
    source: str = ""
    waived: Waiver | None = None
