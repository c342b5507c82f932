"""What the findings say and the doors show: the whole report as data. Facts and codes only, no sentences."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from otklik.schemas.log import Guess, ImportCount
from otklik.schemas.targets import Target

Clock = Literal["elapsed", "business"]
State = Literal["done", "running", "never", "not_applicable", "not_available"]


class Result(BaseModel):
    """Base of everything that crosses a door: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ShareWithin(Result):
    """Share answered within `within_s`, with its 95 % interval; None where nobody was followed that long."""

    within_s: float
    share: float | None
    low: float | None
    high: float | None


class Curve(Result):
    """Share answered by then, thinned for drawing: equal lengths, `at_s` rising, `share` 0..1."""

    at_s: list[float]
    share: list[float]
    low: list[float]
    high: list[float]


class Speed(Result):
    """One measure in one clock: Kaplan-Meier over all who asked. None = not reached, or too few to say."""

    n: int
    done: int
    running: int
    never: int
    median_s: float | None
    median_low_s: float | None
    median_high_s: float | None
    p75_s: float | None
    p75_low_s: float | None
    p75_high_s: float | None
    p90_s: float | None
    p90_low_s: float | None
    p90_high_s: float | None
    p95_s: float | None
    p95_low_s: float | None
    p95_high_s: float | None
    within: list[ShareWithin]
    curve: Curve


class Count(Result):
    """A count measure (handoffs, replies): how many requests had 0, 1, 2 ... of it."""

    n: int
    total: int
    median: float | None
    p90: float | None
    by_value: dict[int, int]


class MeasureResult(Result):
    """One measure over the whole log: in both clocks, or as counts, and its states."""

    measure: str
    states: dict[str, int]
    elapsed: Speed | None = None
    business: Speed | None = None
    count: Count | None = None
    all_zero: bool = False
    """Every value is zero: the record has no such state (nobody was ever waited for, or nothing was left lying)."""


class TargetResult(Result):
    """A promise against what happened: share within, with interval; `met` None = cannot be told yet."""

    target: Target
    n: int
    share: float | None
    low: float | None
    high: float | None
    met: bool | None


class WaitingRequest(Result):
    """A request in which the customer waits for us at the horizon."""

    source: str
    request: str
    subject: str | None
    channel: str | None
    team: str | None
    assignee: str | None
    since: datetime
    waited_s: float
    waited_business_s: float | None
    usual_share: float | None
    """Share of such waits that end sooner than this one has lasted already; None where too few are known."""
    expected_more_s: float | None = None
    """Half of those who had waited as long had their answer within so much more; None where too few are known."""


class Waiting(Result):
    """Who is waiting now: `basis` says for what: an answer (waits), or the end (resolution, process logs)."""

    as_of: datetime
    basis: Literal["reply", "resolution"]
    n: int
    longest: list[WaitingRequest]
    ages: list[tuple[float, float | None, int]]
    """Histogram of ages: from_s, to_s (None = and more), n."""


class TimePart(Result):
    """One part of the life of all requests together; codes: waiting_on_us, waiting_on_customer, ..."""

    part: str
    total_s: float
    share: float


class WhereTimeGoes(Result):
    """The life of requests by whose turn it was, and what the waiting on us consists of."""

    n: int
    life_s: float
    turns: list[TimePart]
    out_of_hours_share: float | None
    """Share of the waiting on us that passed outside working hours."""
    unassigned_share: float | None
    """Share of their life before anybody had taken them."""
    ping_pong_requests: int | None
    """Requests that came back to a team that had handed them on."""
    ping_pong_share_of_time: float | None
    reopened_requests: int | None
    reopened_share: float | None
    reopened_share_of_time: float | None
    by_step: list[TimePart] = []
    """Process logs: the time after each of the source's own steps until the next one, longest first."""
    by_team: list[TimePart] = []
    """The time while each team held them, longest first."""


class WeekGrid(Result):
    """Hour x weekday: `n[weekday][hour]`; weekday 0 = Monday; hours local in `zone`.

    For waits `median_s` as well; for open requests `mean`, and then `n` says how often that hour came.
    """

    zone: str
    n: list[list[int]]
    median_s: list[list[float | None]] | None = None
    mean: list[list[float | None]] | None = None


class When(Result):
    """When customers come, and how long those who came then waited; `measure` names the wait shown."""

    arrivals: WeekGrid
    waits: WeekGrid | None
    measure: str | None
    open: WeekGrid | None = None
    """How many requests were open at that hour, on average."""
    dates_only: bool = False
    """Nearly all came at the same few times of day: the record knows the day, and the hours say nothing."""


class SliceRow(Result):
    """One value of a slice against all the others: `difference_s` of medians with its 95 % interval."""

    value: str
    n: int
    running: int
    enough: bool
    median_s: float | None
    median_low_s: float | None
    median_high_s: float | None
    p90_s: float | None
    difference_s: float | None
    difference_low_s: float | None
    difference_high_s: float | None
    verdict: Literal["slower", "faster", "no_difference", "too_few"]


class Slice(Result):
    """Who waits most, by one column (channel, team, category, priority, segment or an attribute)."""

    by: str
    measure: str
    clock: Clock
    rows: list[SliceRow]
    left_out: int
    """Values beyond the ones shown."""


class Week(Result):
    """Requests that came in one local week; `young`: too recent for its slow requests to show."""

    start: datetime
    n: int
    running: int
    median_s: float | None
    median_low_s: float | None
    median_high_s: float | None
    p90_s: float | None
    share: float | None
    share_low: float | None
    share_high: float | None
    young: bool


class ChangePoint(Result):
    """A week from which on it is different: medians before and after with the interval of the ratio after/before."""

    at: datetime
    before_s: float
    after_s: float
    ratio: float
    ratio_low: float
    ratio_high: float


class ChangePart(Result):
    """What one value of a column adds to a change of the share served in time: by its mix, by its service."""

    value: str
    n_before: int
    n_after: int
    share_before: float | None
    share_after: float | None
    mix: float
    within: float


class ChangeReason(Result):
    """Why the share served in time changed: other requests came (`mix`), or the same are served otherwise (`within`).

    All `mix` and `within` of the parts add up to `change`.
    """

    at: datetime
    by: str
    change: float
    mix: float
    within: float
    parts: list[ChangePart]


class Trend(Result):
    """Is it changing: `share_within_s` is the limit that `Week.share` counts against."""

    measure: str
    clock: Clock
    share_within_s: float
    weeks: list[Week]
    changes: list[ChangePoint]
    verdict: Literal["faster", "slower", "steady", "too_short"]
    weeks_per_point: int = 1
    """How many weeks one entry of `weeks` holds: 1, or 4, 13, 52 where fewer than ten requests a point would come."""
    reasons: list[ChangeReason] = []
    """For the last change: how much of it comes with the mix of channels, teams ..."""


class PeriodFigures(Result):
    """One measure of the requests of one period; `share` is that within the limit of the comparison."""

    n: int
    running: int
    median_s: float | None
    median_low_s: float | None
    median_high_s: float | None
    p90_s: float | None
    share: float | None
    share_low: float | None
    share_high: float | None


class Comparison(Result):
    """One period beside the one before: `difference_s` is the median now less the median then, with its interval."""

    measure: str
    clock: Clock
    within_s: float
    now: PeriodFigures
    before: PeriodFigures
    difference_s: float | None
    difference_low_s: float | None
    difference_high_s: float | None
    verdict: Literal["slower", "faster", "no_difference", "too_few"]


class PathNode(Result):
    """A step of the path map and how many requests passed it."""

    step: str
    n: int


class PathEdge(Result):
    """A move between two steps: how many, and how long it took; `lost_s` of it fell into the life of the request."""

    start: str
    end: str
    n: int
    median_s: float
    p90_s: float
    total_s: float
    lost_s: float
    """Seconds of `total_s` before the request ended: what passes after the end keeps nobody waiting."""


class PathVariant(Result):
    """One way from asking to served, how many took it, their life, and the step after which it stalls longest."""

    steps: list[str]
    n: int
    share: float
    median_s: float | None
    stall_after: str | None
    stall_at: int | None
    """Place of that step in `steps`, for a step may come more than once."""
    stall_median_s: float | None


class Barriers(Result):
    """What a customer has to climb over: counts, the map of paths and the most common ways."""

    counts: dict[str, Count]
    nodes: list[PathNode]
    edges: list[PathEdge]
    variants: list[PathVariant]
    variants_in_all: int


class Interval(Result):
    """One piece of a measured value: `counted`, or the code of why it is not; `start_by`/`end_by` name the events."""

    start: datetime
    end: datetime
    seconds: float
    business_s: float | None
    counted: bool
    why: str
    start_event: str
    end_event: str


class Explanation(Result):
    """'Explain this number': the interval list of one measure of one request."""

    source: str
    request: str
    subject: str | None
    measure: str
    state: State
    value_s: float | None
    business_s: float | None
    calendar: str | None
    intervals: list[Interval]


class Sign(Result):
    """Something suspicious or gamed in the record: how often, and up to ten examples."""

    code: str
    n: int
    of: int
    examples: list[str]


class LittlesLaw(Result):
    """L = lambda x W as a check of the record; `gap` = |L - lambda W| / L."""

    open_mean: float
    arrivals_per_day: float
    life_mean_s: float
    gap: float
    suspicious: bool


class RecordQuality(Result):
    """What could not be measured, and why."""

    count: ImportCount
    quarantine: dict[str, int]
    """Rows set aside by reason."""
    states: dict[str, dict[str, int]]
    littles_law: LittlesLaw | None
    signs: list[Sign]
    guesses: list[Guess]
    missing: list[str]
    """Measures that this log cannot tell."""


class LogSummary(Result):
    """The log in one glance. `running` = requests still open at the horizon."""

    requests: int
    events: int
    first_event_at: datetime | None
    last_event_at: datetime | None
    running: int
    duplicates: int
    quarantined: int
    read: int
    kept: int
    horizon: datetime | None
    sources: list[str]
    files: list[str]
    is_process: bool
    simulated: bool = False
    sampled: int | None = None
    """Where the log is so big that figures come from a part of it: how many requests that part has."""


class Settings(Result):
    """How it was measured, so that the same numbers can be had again."""

    time_zone: str
    calendar: str | None
    calendar_summary: list[str]
    as_of: datetime | None
    by: list[str]
    language: str
    version: str


class Report(Result):
    """The whole report, in the order it is read."""

    format: Literal["otklik-report/1"] = "otklik-report/1"
    log: LogSummary
    settings: Settings
    headline: str
    """The measure that answers 'how fast': first_reply where the log can tell, else resolution."""
    measures: dict[str, MeasureResult]
    targets: list[TargetResult]
    waiting: Waiting | None
    where: WhereTimeGoes | None
    when: When | None
    slices: list[Slice]
    trend: Trend | None
    barriers: Barriers | None
    longest: list[Explanation]
    quality: RecordQuality
