"""Figures into words for the pages: no arithmetic but against a promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from otklik.actions.predict_wait import Prospect, predict_wait
from otklik.base.text import N_
from otklik.charts import Speech
from otklik.report import render_section
from otklik.report.sections.one_request import one_request
from otklik.schemas.requests import ListedRequest, ToldRequest
from otklik.schemas.results import Comparison, PeriodFigures, Speed
from otklik.schemas.targets import Target
from otklik.schemas.views import View
from otklik.web.looking import Looking

VERDICTS = {
    "faster": N_("Faster than in the period before."),
    "slower": N_("Slower than in the period before."),
    "no_difference": N_("No difference to the period before that would be more than chance."),
    "too_few": N_("Too few requests in one of the two periods to compare them."),
}
BY = {
    "customer": N_("customer"), "agent": N_("our person"), "bot": N_("bot"), "rule": N_("rule"), "system": N_("system"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row of the comparison: what, now, before."""

    name: str
    now: str
    before: str
    note: str = ""


@dataclass(frozen=True)
class ComparisonLines:
    """The comparison as it is read."""

    verdict: str
    code: str
    rows: Sequence[Line]


def comparison_lines(found: Comparison, speech: Speech) -> ComparisonLines:
    """Say what changed."""
    form, limit = speech.format, speech.length(found.within_s, found.clock)

    def length(value: float | None) -> str:
        return speech.say("not reached") if value is None else str(speech.length(value, found.clock))

    def share(figures: PeriodFigures) -> str:
        return "–" if figures.share is None else str(form.share(figures.share))

    now, before = found.now, found.before
    rows = [
        Line(speech.say("Requests"), str(form.number(now.n)), str(form.number(before.n))),
        Line(
            speech.say("Half within"), length(now.median_s), length(before.median_s),
            speech.between(now.median_low_s, now.median_high_s, found.clock),
        ),
        Line(speech.say("Nine of ten within"), length(now.p90_s), length(before.p90_s)),
        Line(speech.say("Within %(time)s", time=limit), share(now), share(before)),
        Line(speech.say("Still running"), str(form.number(now.running)), str(form.number(before.running))),
    ]  # fmt: skip
    return ComparisonLines(speech.say(VERDICTS[found.verdict]), found.verdict, rows)


def stories(told: ToldRequest, speech: Speech) -> Markup:
    """Every measure of a request as a picture."""
    section = one_request(told, speech)
    return Markup(render_section(section, speech.language))  # noqa: S704 (the report escapes what it writes)


@dataclass(frozen=True)
class ToldLine:
    """One event in words."""

    at: str
    what: str
    by: str
    actor: str
    team: str
    customer_sees_it: bool
    side: str


def events_of(told: ToldRequest, speech: Speech) -> list[ToldLine]:
    """Say what happened, in the order in which it did."""
    lines = []
    for event in told.events:
        what = event.activity or speech.step(_step(event.kind, event.by, event.public, event.status))
        lines.append(
            ToldLine(
                at=speech.format.moment(event.at, speech.zone),
                what=what,
                by=speech.say(BY.get(event.by, event.by)),
                actor=event.actor or "",
                team=event.team or "",
                customer_sees_it=event.public,
                side="customer" if event.by == "customer" else "us",
            )
        )
    return lines


def _step(kind: str, by: str, public: bool, status: str | None) -> str:
    if kind == "message":
        return {"customer": "customer_message", "agent": "reply", "bot": "bot_reply"}.get(by, "auto_reply")
    if kind == "status" and status:
        return f"status:{status}"
    return kind


class Overdue:
    """Says of a listed request whether it has waited longer than we promised such requests."""

    def __init__(self, targets: Sequence[Target], view: View) -> None:
        self.targets = [target for target in targets if target.measure in ("first_reply", "waits", "longest_wait")]
        self.clock = view.clock

    def __call__(self, row: ListedRequest) -> Target | None:
        """The promise that is broken, or None."""
        for target in self.targets:
            if any(getattr(row, name, None) != value for name, value in target.only.items()):
                continue
            field = "longest_wait" if target.measure == "waits" else target.measure
            waited = getattr(row, f"{field}_s" if target.clock == "elapsed" else f"{field}_business_s")
            if waited is not None and waited > target.within_s:
                return target
        return None


class Prospects:
    """Says of a listed request that waits what is usual by now, and how much longer it may take."""

    def __init__(self, looking: Looking) -> None:
        self.looking = looking

    @cached_property
    def speed(self) -> Speed | None:
        """All waits of the requests in view: who asks for a page of waiting ones compares them with all."""
        found = self.looking.report({"measures"}, {"waits"}).measures.get("waits")
        return found.elapsed if found else None

    def __call__(self, row: ListedRequest) -> Prospect | None:
        """The prospect of a wait that goes on."""
        return predict_wait(self.speed, row.longest_wait_s) if row.longest_wait_state == "running" else None
