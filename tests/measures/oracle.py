"""The measures once more, slowly, from their definitions: sets of events and lists of moments, nothing shared.

It knows the contract of the log and the definitions only; it uses no array, no code of the product's measures and
not its clock: working time is found by laying every stretch of a request over a list of open spans.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from otklik.schemas.calendars import Calendar, CalendarBook
from otklik.schemas.events import Can
from otklik.schemas.log import ServiceLog

DONE = {"resolved", "closed"}
TIMES = {
    "first_reply": [Can.messages, Can.first_reply],
    "acknowledgement": [Can.acknowledgement],
    "longest_wait": [Can.messages],
    "resolution": [Can.resolution, Can.status],
    "first_resolution": [Can.status],
    "waiting_on_us": [Can.status, Can.messages],
    "waiting_on_customer": [Can.status, Can.messages],
    "waiting_on_third_party": [Can.status],
    "unassigned": [Can.assignee],
    "hands_on": [Can.assignee],
}
COUNTS = {
    "replies": [Can.messages],
    "customer_messages": [Can.messages],
    "handoffs": [Can.assignee],
    "team_handoffs": [Can.team],
    "reopens": [Can.status],
    "steps": [Can.steps],
    "one_touch": [Can.messages | Can.resolution, Can.messages | Can.status],
}


def facts_and_waits(log: ServiceLog, book: CalendarBook | None, as_of: datetime | None = None):
    """Every row of facts and of waits, as dictionaries, in order of source and request."""
    sources = {source.source: source for source in log.sources}
    stories: dict[tuple[str, str], list[dict]] = {}
    for event in log.events.to_pylist():
        stories.setdefault((event["source"], event["request"]), []).append(event)
    facts, waits = [], []
    for (source, request), events in sorted(stories.items()):
        horizon = as_of or sources[source].horizon
        seen = sorted((e for e in events if e["at"] <= horizon), key=lambda e: (e["at"], e["seq"]))
        if seen:
            story = Story(seen, horizon, sources[source].can, book)
            name = {"source": source, "request": request}
            facts.append(name | story.facts())
            waits += [name | wait for wait in story.wait_rows()]
    return facts, waits


@dataclass(frozen=True)
class Story:
    """One request. Events are meant by number; the number of events is the horizon."""

    all_events: list[dict]
    horizon: datetime
    can: Can
    book: CalendarBook | None

    @cached_property
    def last_word(self) -> int | None:
        """The event after which nothing counts: merged, deleted, or cancelled while not yet done."""
        for number, event in enumerate(self.all_events):
            if event["kind"] in {"merged", "deleted"}:
                return number
            if event["kind"] == "cancelled":
                since = self.done_since(number)
                if since is None or self.all_events[since]["at"] == event["at"]:
                    return number
        return None

    def done_since(self, number: int) -> int | None:
        """Which event made it done, if it is done just before this one."""
        states = [self.state_before(n) for n in range(number + 1)]
        if states[number] not in DONE:
            return None
        undone = [n for n in range(number + 1) if states[n] not in DONE]
        return max(undone)

    def state_before(self, number: int) -> str | None:
        said = [e["status"] for e in self.all_events[:number] if e["status"]]
        return said[-1] if said else None

    @cached_property
    def events(self) -> list[dict]:
        return self.all_events if self.last_word is None else self.all_events[: self.last_word + 1]

    @cached_property
    def states(self) -> list[str | None]:
        """After each event; what leaves the log says nothing about the state."""
        after = [self.state_before(n + 1) for n in range(len(self.events))]
        if self.last_word is not None:
            after[self.last_word] = self.state_before(self.last_word)
        return after

    def where(self, holds) -> set[int]:
        return {n for n in range(len(self.events)) if holds(n, self.events[n])}

    def is_done(self, number: int) -> bool:
        return number >= 0 and self.states[number] in DONE

    @cached_property
    def resolutions(self) -> set[int]:
        entered = self.where(lambda n, e: self.is_done(n) and not self.is_done(n - 1))
        undone = self.done_since(self.last_word) if self.outcome == "cancelled" else None
        return entered - {undone}

    @cached_property
    def reopenings(self) -> set[int]:
        return self.where(lambda n, e: self.is_done(n - 1) and not self.is_done(n))

    @cached_property
    def outcome(self) -> str:
        if self.last_word is not None:
            return "cancelled" if self.events[-1]["kind"] == "cancelled" else "gone"
        return "resolved" if self.is_done(len(self.events) - 1) else "open"

    @cached_property
    def end(self) -> int:
        return {"open": len(self.events), "resolved": max(self.resolutions, default=0)}.get(
            self.outcome, len(self.events) - 1
        )

    @cached_property
    def from_customer(self) -> set[int]:
        return self.where(lambda n, e: e["by"] == "customer" and says_something(e))

    @cached_property
    def from_people(self) -> set[int]:
        return self.where(lambda n, e: e["by"] == "agent" and e["public"] and says_something(e))

    @cached_property
    def from_anything(self) -> set[int]:
        return self.where(lambda n, e: e["by"] != "customer" and e["public"] and says_something(e))

    @cached_property
    def questions(self) -> set[int]:
        """Customer messages that want an answer: not those to a done request that came to nothing."""
        revivals = self.from_people | self.reopenings
        return {n for n in self.from_customer if n == 0 or not self.is_done(n) or any(r > n for r in revivals)}

    def at(self, number: int) -> datetime:
        return self.horizon if number == len(self.events) else self.events[number]["at"]

    # ---- waits -------------------------------------------------------------------------------------------------

    @cached_property
    def waits(self) -> list[tuple[int, int, str, str | None]]:
        """(from, to, state, ended by)."""
        found, free_from = [], 0
        while later := [q for q in self.questions if q >= free_from]:
            start = min(later)
            ends = [n for n in self.from_people | self.resolutions if n > start]
            if not ends:
                found.append((start, *self.unended(start)))
                break
            free_from = min(ends)
            if free_from in self.from_people:
                found.append((start, free_from, "done", "reply"))
            else:
                found.append((start, free_from, self.served_or_not, "resolution"))
        return found

    def unended(self, start: int) -> tuple[int, str, str | None]:
        if self.outcome == "open":
            return self.end, "running", None
        return (
            (self.end, "never", "cancellation")
            if self.outcome == "cancelled"
            else (
                start,
                self.served_or_not,
                "resolution",
            )
        )

    @property
    def served_or_not(self) -> str:
        """What a resolution is to somebody who waits: nothing, if no person ever answered."""
        return "done" if any(n > min(self.questions) for n in self.from_people) else "never"

    def wait_rows(self) -> list[dict]:
        if self.outcome == "gone" or Can.messages not in self.can:
            return []
        return [
            {
                "n": n,
                "start": self.at(start),
                "end": self.at(end),
                "wait_s": (self.at(end) - self.at(start)).total_seconds(),
                "wait_business_s": self.working_s([(start, end)]),
                "state": state,
                "ended_by": ended_by,
            }
            for n, (start, end, state, ended_by) in enumerate(self.waits)
        ]

    # ---- durations: (state, counted spans, other spans) ---------------------------------------------------------

    def until_first(self, answers: set[int]):
        if not self.questions:
            return "not_applicable", [], []
        asked = min(self.questions)
        answered = [n for n in answers if n > asked]
        if answered:
            return "done", [(asked, min(answered))], []
        return ("running" if self.outcome == "open" else "never"), [(asked, self.end)], []

    def first_reply(self):
        return self.until_first(self.from_people)

    def acknowledgement(self):
        return self.until_first(self.from_anything)

    def resolution(self):
        state = {"open": "running", "cancelled": "never", "resolved": "done"}[self.outcome]
        return state, [(0, self.end)], []

    def first_resolution(self):
        if self.resolutions:
            return "done", [(0, min(self.resolutions))], []
        return ("running" if self.outcome == "open" else "never"), [(0, self.end)], []

    @property
    def so_far(self) -> str:
        return "running" if self.outcome == "open" else "done"

    def stretches(self) -> list[int]:
        """The life from event to event; a life of no length still has its first instant."""
        return list(range(self.end)) or [0]

    def those(self, holds):
        pieces = [(n, min(n + 1, self.end)) for n in self.stretches()]
        state = "never" if self.outcome == "cancelled" else self.so_far
        return state, [p for p in pieces if holds(p[0])], [p for p in pieces if not holds(p[0])]

    def whose_turn(self, n: int) -> str:
        state = self.states[n]
        wrote = max((m for m in self.from_customer if m <= n), default=-1)
        if state == "waiting_third_party":
            return "third party"
        if state == "waiting_customer" or state in DONE:
            asked_of_customer = self.from_people | self.resolutions | self.where(self.hands_to_customer)
            freed = max((m for m in asked_of_customer if m <= n), default=-1)
            return "us" if wrote >= 0 and wrote >= freed else "customer"
        if Can.status not in self.can:
            return "customer" if max((m for m in self.from_people if m <= n), default=-1) > wrote else "us"
        return "us"

    def hands_to_customer(self, n: int, event: dict) -> bool:
        if self.states[n] != "waiting_customer":
            return False
        changed = n == 0 or self.states[n - 1] != "waiting_customer"
        return changed or (event["kind"] == "status" and event["status"] == "waiting_customer")

    def waiting_on_us(self):
        return self.those(lambda n: self.whose_turn(n) == "us")

    def waiting_on_customer(self):
        return self.those(lambda n: self.whose_turn(n) == "customer")

    def waiting_on_third_party(self):
        return self.those(lambda n: self.whose_turn(n) == "third party")

    def holder(self, n: int, what: str) -> str | None:
        """The last that was said; null on an assignment means nobody, elsewhere it says nothing."""
        for event in reversed(self.events[: n + 1]):
            if event[what] is not None or event["kind"] == "assigned":
                return event[what]
        return None

    def unassigned(self):
        held = [n for n in range(min(self.end + 1, len(self.events))) if self.holder(n, "assignee")]
        if held:
            return "done", [(0, min(held))], []
        return ("running" if self.outcome == "open" else "never"), [(0, self.end)], []

    def hands_on(self):
        return self.those(lambda n: self.holder(n, "assignee") is not None)

    # ---- counts ------------------------------------------------------------------------------------------------

    def replies(self):
        return self.so_far, len(self.from_people)

    def customer_messages(self):
        return self.so_far, len(self.from_customer)

    def hand_overs(self, what: str):
        holders = [h for n in range(len(self.events)) if (h := self.holder(n, what))]
        return self.so_far, sum(a != b for a, b in pairwise(holders))

    def handoffs(self):
        return self.hand_overs("assignee")

    def team_handoffs(self):
        return self.hand_overs("team")

    def reopens(self):
        return self.so_far, len(self.reopenings)

    def steps(self):
        return self.so_far, len(self.where(lambda n, e: e["activity"] is not None))

    def one_touch(self):
        if not self.questions:
            return "not_applicable", None
        state = {"open": "running", "cancelled": "never", "resolved": "done"}[self.outcome]
        goodbye = min((m for m in self.from_customer if m > self.end), default=len(self.events))
        needed = [n for n in self.from_people if n < goodbye]
        return state, int(self.outcome == "resolved" and len(needed) == 1 and not self.reopenings)

    # ---- all together ------------------------------------------------------------------------------------------

    def facts(self) -> dict:
        row = {"opened_at": self.at(0), "ended_at": None if self.outcome == "open" else self.at(self.end)}
        for name, needs in TIMES.items():
            state, elapsed, business = self.time_of(name, needs)
            row |= {f"{name}_s": elapsed, f"{name}_business_s": business, f"{name}_state": state}
        for name, needs in COUNTS.items():
            state, count = getattr(self, name)() if self.outcome != "gone" else ("not_applicable", None)
            if not any(need in self.can for need in needs):
                state, count = "not_available", None
            row |= {name: count, f"{name}_state": state}
        return row

    def time_of(self, name: str, needs: list[Can]):
        if not any(need in self.can for need in needs):
            return "not_available", None, None
        if self.outcome == "gone":
            return "not_applicable", None, None
        if name == "longest_wait":
            return self.longest()
        state, spans, others = getattr(self, name)()
        if state == "not_applicable":
            return state, None, None
        elapsed = sum((self.at(b) - self.at(a) for a, b in spans), timedelta())
        business = self.working_s(spans) if spans or self.working_s(others) is not None else None
        return state, elapsed.total_seconds(), business

    def longest(self):
        if not self.waits:
            return "not_applicable", None, None
        longest = max(self.waits, key=lambda w: self.at(w[1]) - self.at(w[0]))
        state = "running" if any(w[2] == "running" for w in self.waits) else longest[2]
        working = [self.working_s([(a, b)]) for a, b, _, _ in self.waits]
        return (
            state,
            (self.at(longest[1]) - self.at(longest[0])).total_seconds(),
            max((w for w in working if w is not None), default=None),
        )

    def working_s(self, spans: list[tuple[int, int]]) -> float | None:
        """Working seconds, every stretch by the calendar of the team that held it; unknown if one has none."""
        if self.book is None:
            return None
        total = timedelta()
        for start, end in spans:
            for n in range(start, max(end, start + 1)):
                team = self.holder(n, "team")
                calendar = self.book.team_calendars.get(team, self.book.default) if team else self.book.default
                if calendar is None:
                    return None
                if n < end:
                    total += open_time(self.book.versions[calendar][0], self.at(n), self.at(n + 1))
        return total.total_seconds()


def says_something(event: dict) -> bool:
    """A message does, and a creation that the customer can see."""
    return event["kind"] == "message" or (event["kind"] == "created" and event["public"])


def open_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much of [start, end] lies in opening hours, day by day."""
    total = timedelta()
    day = start.astimezone(ZoneInfo(calendar.time_zone)).date() - timedelta(days=1)
    while day <= end.astimezone(ZoneInfo(calendar.time_zone)).date():
        for opens, closes in open_spans(calendar, day):
            total += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total


_SPANS: dict[tuple[int, date], tuple[Calendar, list[tuple[datetime, datetime]]]] = {}
"""By the calendar's identity; the calendar is kept beside, so that no other can take its identity over."""


def open_spans(calendar: Calendar, day: date) -> list[tuple[datetime, datetime]]:
    """When it is open on a local day, as UTC; hours that run past midnight belong to the day they began."""
    key = (id(calendar), day)
    if key not in _SPANS:
        slots = () if day in calendar.holidays else calendar.weekly.get(day.weekday(), ())
        zone = ZoneInfo(calendar.time_zone)
        _SPANS[key] = (
            calendar,
            [
                (
                    local(day, opens, zone),
                    local(day, closes if closes > opens else closes + 86_400, zone),
                )
                for opens, closes in slots
            ],
        )
    return _SPANS[key][1]


def local(day: date, second: int, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock second of a day, which may lie in the next one."""
    day, second = day + timedelta(days=second // 86_400), second % 86_400
    return datetime(
        day.year, day.month, day.day, second // 3600, second // 60 % 60, second % 60, tzinfo=zone
    ).astimezone(UTC)
