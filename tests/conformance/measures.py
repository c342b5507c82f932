"""Answers to the cases about measures: the case becomes a log, the product's measures find the moments, its
deadlines lay pauses and calendars over them.

Plain rules: time in a pause state does not count; a deadline knows the pauses that ended, and is none while the
clock stands still, once it was met, and after closing. A rule by which a peer differs counts when a case names it; it
is recognised by the words of its name and of its explanation in the file.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

from otklik.base.units import from_us, to_us
from otklik.clock import compile_book
from otklik.measures import explain
from otklik.measures.deadlines import Stretch, due_us, used_us
from otklik.schemas.calendars import CalendarBook
from otklik.schemas.events import Can
from tests.conformance.calendars import WEEKDAYS, read_calendar
from tests.measures.log_lines import SOURCE, log_of

US = 1_000_000
INLINE = "of this case"
ALWAYS = {"weekly": {day: [["00:00", "24:00"]] for day in WEEKDAYS}}
SPAN = timedelta(days=1500)
MINUTE = 60 * US
OURS = {
    "created": {"kind": "created", "by": "customer", "public": True},
    "customer_message": {"kind": "message", "by": "customer", "public": True},
    "agent_reply": {"kind": "message", "by": "agent", "public": True},
    "agent_note": {"kind": "note", "by": "agent", "public": False},
    "bot_handoff": {"kind": "assigned", "by": "bot", "public": False},
    "bot_resolved": {"kind": "status", "by": "bot", "public": False},
    "state": {"kind": "status", "by": "agent", "public": False},
    "schedule": {"kind": "assigned", "by": "system", "public": False},
}


def answer(case, vectors):
    """Every key that can be told about one case."""
    return Case(case, vectors).answer()


@dataclass
class Case:
    """One case as a log of ours, and the clock of its promises."""

    case: dict
    vectors: dict
    events: list = field(init=False)

    def __post_init__(self):
        self.now = instant(self.case.get("as_of") or self.case["events"][-1]["at"])
        self.events = [event for event in self.case["events"] if instant(event["at"]) <= self.now]
        told, self.calendars = self.case.get("calendar"), dict(self.vectors["calendars"])
        self.calendar = told if isinstance(told, str) else INLINE
        if self.calendar == INLINE:
            self.calendars[INLINE] = told or ALWAYS
        self.targets = self.case.get("targets_s") or {}
        explained = self.vectors.get("semantics", {})
        self.words = " ".join(
            f"{name} {explained.get(name, '')}".replace("_", " ").lower() for name in self.case.get("semantics", ())
        )

    def says(self, *alternatives):
        """Whether, for any alternative, each of its words begins a word of the rules that the case names."""
        return any(all(re.search(rf"\b{word}", self.words) for word in text.split()) for text in alternatives)

    @property
    def by_the_minute(self):
        """Seconds are cut off: of the bounds of pauses where the rule speaks of them, else of what was taken."""
        return self.says(
            "minute trunc", "minute cut", "minute drop", "minute floor", "minute round", "whole minute", "full minute",
            "second cut", "second drop", "second lost", "second ignor", "second trunc", "without second",
        )  # fmt: skip

    # ---- the story as ours -------------------------------------------------------------------------------------

    @cached_property
    def log(self):
        """The events as a log of ours; the calendar in force is the team that holds the request."""
        team = self.calendar
        rows, started = [], self.first_asked
        for number, event in enumerate(self.events):
            if event["kind"] == "schedule":
                team = event["calendar"]
            ours = dict(OURS[event["kind"]])
            if event["kind"] in ("created", "customer_message") and number < started:
                ours |= {"public": False, "kind": "note" if ours["kind"] == "message" else "created"}
            if number == started and ours["by"] != "customer":
                rows.append(self.row(OURS["customer_message"], event, team, len(rows)))
            rows.append(self.row(ours, event, team, len(rows)))
        return log_of(rows, Can(255), self.now)

    def row(self, ours, event, team, seq):
        status = None
        if "state" in event or event["kind"] == "bot_resolved":
            status = "closed" if self.closes(event) else "open"
        return {
            **ours,
            "source": SOURCE,
            "request": "1",
            "at": instant(event["at"]),
            "seq": seq,
            "team": team,
            "status": status,
        }

    def closes(self, event):
        return event["kind"] == "bot_resolved" or event.get("state") in (self.case.get("closed_states") or ())

    @cached_property
    def first_asked(self):
        """The event from which the customer waits for a person: the creation, or the latest hand-over by a bot."""
        answers = [n for n, event in enumerate(self.events) if event["kind"] == "agent_reply"]
        before = range(answers[0] if answers else len(self.events))
        handed = [n for n in before if self.events[n]["kind"] == "bot_handoff"]
        if handed:
            return handed[-1]
        by_bot = [n for n in before if self.events[n]["kind"] == "bot_resolved"]
        if not by_bot:
            return 0
        reopened = [n for n in before if n > by_bot[-1] and self.events[n]["kind"] in ("state", "customer_message")]
        return reopened[0] if reopened else by_bot[-1]

    @cached_property
    def book(self):
        read = {id_: (read_calendar(id_, text),) for id_, text in self.calendars.items()}
        return CalendarBook(read, self.calendar, {id_: id_ for id_ in read})

    @cached_property
    def compiled(self):
        return compile_book(self.book, to_us(instant(self.events[0]["at"]) - SPAN), to_us(self.now + SPAN))

    def intervals(self, measure):
        return explain(self.log, self.book, SOURCE, "1", measure, as_of=self.now)

    # ---- where the clock runs ----------------------------------------------------------------------------------

    @cached_property
    def standing_still(self):
        still = set(self.case.get("pause_states") or ())
        return still | set(self.case.get("closed_states") or ()) if self.says("clos time paus") else still

    @cached_property
    def changes(self):
        """(instant, state, calendar) after every change of either."""
        state, calendar, found = None, self.calendar, []
        for event in self.events:
            state = event.get("state", state)
            calendar = event["calendar"] if event["kind"] == "schedule" else calendar
            at = to_us(instant(event["at"]))
            if self.by_the_minute and self.says("paus", "break") and event["kind"] == "state":
                at -= at % MINUTE
            found.append((at, state, calendar))
        return found

    @cached_property
    def stretches(self):
        """The life up to now, one stretch from event to event; the last says how it stands now."""
        ends = [at for at, _, _ in self.changes[1:]] + [to_us(self.now)]
        return [
            Stretch(at, end, self.compiled.ids.index(calendar), state not in self.standing_still)
            for (at, state, calendar), end in zip(self.changes, ends, strict=True)
        ]

    @property
    def is_still(self):
        return not self.stretches[-1].runs

    @property
    def is_closed(self):
        return self.changes[-1][1] in (self.case.get("closed_states") or ())

    def used_s(self, start, end):
        return seconds(used_us(self.stretches, self.compiled.table, to_us(start), to_us(end)))

    def taken_s(self, start, end):
        """Seconds used, in whole minutes where a rule counts so."""
        taken = self.used_s(start, end)
        return taken - taken % 60 if self.by_the_minute and not self.says("paus", "break") else taken

    def due(self, start, target):
        allowance = self.targets.get(target)
        if allowance is None or start is None:
            return None
        running = self.stretches
        if self.is_still:  # asked all the same: by the pauses that ended
            running = [*running[:-1], running[-1]._replace(runs=True)]
        return due_us(running, self.compiled.table, to_us(start), int(allowance * US))

    # ---- the moments -------------------------------------------------------------------------------------------

    @cached_property
    def first_response(self):
        """(start, end or None) of the first response."""
        pieces = [piece for piece in self.intervals("first_reply").intervals if piece.counted]
        return moments(pieces[0]) if pieces else (instant(self.events[0]["at"]), None)

    @cached_property
    def exchanges(self):
        """(start, end or None) of every wait that a customer message started, the creation alone being none.

        To the peers a closing answers nothing: what was asked before it still waits when the ticket is open again.
        """
        written = {instant(event["at"]) for event in self.events if event["kind"] == "customer_message"}
        told = [piece for piece in self.intervals("waits").intervals if piece.counted]
        found, waiting = [], None
        for piece in told:
            start, end = moments(piece)
            inside = sorted(at for at in written if start <= at and (end is None or at <= end))
            waiting = waiting or (inside[0] if inside else None)
            if waiting and end:
                found.append((waiting, end))
                waiting = None
        return [*found, (waiting, None)] if waiting else found

    @cached_property
    def resolved_at(self):
        """When it was closed for good; the first time, where a rule says so."""
        measure = "first_resolution" if self.says("first clos count", "first clos kept", "clos first") else "resolution"
        explained = self.intervals(measure)
        counted = [piece for piece in explained.intervals if piece.counted]
        return counted[-1].end if explained.state == "done" and counted else None

    # ---- the answers -------------------------------------------------------------------------------------------

    def answer(self):
        created = instant(self.events[0]["at"])
        start, responded = self.first_response
        finished = [self.taken_s(a, b) for a, b in self.exchanges if b is not None]
        taken = {
            "first_response": self.taken_s(start, responded) if responded else None,
            "next_response": max(finished, default=None),
            "resolution": self.taken_s(created, self.resolved_at) if self.resolved_at else None,
        }
        open_exchange = next((a for a, b in self.exchanges if b is None), None)
        starts = {"first_response": start, "next_response": open_exchange, "resolution": created}
        result = {f"{target}_s": value for target, value in taken.items()}
        result |= {f"{target}_slack_s": self.slack(target, value) for target, value in taken.items()}
        due = {target: self.shown_due(target, starts[target], taken[target]) for target in taken}
        result |= {f"{target}_due_at": written(value) for target, value in due.items()}
        running = [
            value for target, value in due.items() if value is not None and not self.is_met(target, taken[target])
        ]
        ended = self.is_still or self.is_closed
        result["next_due_at"] = None if ended else written(min(running, default=None))
        result["paused_s"] = self.paused_s()
        result["breached"] = any(self.is_breached(target, starts[target], taken[target]) for target in taken)
        return result | self.unpaused() | self.between_updates()

    def slack(self, target, value):
        allowance = self.targets.get(target)
        return None if allowance is None or value is None else tidy(allowance - value)

    def is_met(self, target, value):
        return value is not None and target != "next_response"

    def shown_due(self, target, start, value):
        """The deadline as a peer shows it: none while paused, when met and after closing, unless a rule keeps it."""
        kept = self.says("due kept", "deadline kept", "due stay", "deadline stay")
        gone = self.is_met(target, value) or self.is_still or self.is_closed
        return None if gone and not kept else self.due(start, target)

    def is_breached(self, target, start, value):
        """Whether a promise was broken by now; what was not answered by closing counts up to it, and no further.

        So Chatwoot, which notes what is missed while the conversation is open, and Frappe, whose ticket fails by
        what was late when it was resolved; Zammad takes the deadlines away with closing.
        """
        allowance = self.targets.get(target)
        if allowance is None:
            return False
        lenient = self.says("late not miss", "resol not miss", "clos not miss", "resol not breach", "clos not breach")
        if target == "resolution" and self.is_closed and lenient:
            return False
        if value is not None and value > allowance:
            return True
        if self.is_met(target, value) or start is None:
            return False
        return self.used_s(start, max(start, self.ended_at)) > allowance

    @property
    def ended_at(self):
        """When it was closed, where it is; else now."""
        if not self.is_closed:
            return self.now
        closed, ended = self.case.get("closed_states") or (), self.now
        for at, state, _ in reversed(self.changes):
            if state not in closed:
                break
            ended = from_us(at)
        return ended

    def paused_s(self):
        """Open seconds in pauses that ended by now."""
        still = list(self.stretches)
        while still and not still[-1].runs:
            still.pop()
        turned = [stretch._replace(runs=not stretch.runs) for stretch in still]
        pauses = set(self.case.get("pause_states") or ()) | self.standing_still
        turned = [s._replace(runs=s.runs and self.state_at(s.start_us) in pauses) for s in turned]
        return seconds(used_us(turned, self.compiled.table, to_us(instant(self.events[0]["at"])), to_us(self.now)))

    def state_at(self, at_us):
        moments_ = [at for at, _, _ in self.changes]
        return self.changes[bisect_right(moments_, at_us) - 1][1]

    def unpaused(self):
        """Open, unpaused seconds inside the window, within the life of the ticket."""
        window = self.case.get("unpaused_window")
        if not window:
            return {}
        start, end = window.values() if isinstance(window, dict) else window
        low = max(instant(start), instant(self.events[0]["at"]))
        high = min(instant(end), self.resolved_at or self.now)
        return {"unpaused_s": self.used_s(low, high)}

    def between_updates(self):
        """Gaps between the creation and the successive updates of an agent that the customer could see."""
        kinds = ("agent_reply", "agent_note") if self.says("note count", "note is an update") else ("agent_reply",)
        marks = [event["at"] for event in self.events if event["kind"] in kinds]
        ends = [instant(at) for at in marks]
        starts = [instant(self.events[0]["at"]), *ends]
        gaps = [self.used_s(a, b) for a, b in zip(starts, ends, strict=False)]
        return {"time_between_updates_s": gaps, "time_between_updates_total_s": tidy(sum(gaps))}


def moments(piece):
    """Start and end of an interval; no end while it runs or was never answered."""
    answered = piece.why == "answered"
    return piece.start, piece.end if answered else None


def instant(text):
    """An ISO instant as aware UTC."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def written(us):
    """An instant as the files write it."""
    if us is None:
        return None
    at = from_us(us)
    return at.strftime("%Y-%m-%dT%H:%M:%S") + (f".{at.microsecond:06d}".rstrip("0") if at.microsecond else "") + "Z"


def seconds(us):
    """Microseconds as seconds, whole where they are."""
    return tidy(us / US)


def tidy(value):
    """A whole number as one."""
    return int(value) if value == int(value) else value
