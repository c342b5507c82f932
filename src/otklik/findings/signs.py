"""Signs in the record that speed is gamed or the record is wrong; each a rule of its own, told with examples."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from otklik.base.text import N_
from otklik.base.units import US
from otklik.findings.closing_signs import bulk_closing, burst_at_day_end, burst_at_month_end, burst_at_week_end
from otklik.findings.durations import DONE, NEVER
from otklik.findings.evidence import DAY_S, Evidence
from otklik.findings.suspicion import NONE_SEEN, Suspicion, suspicion
from otklik.schemas.events import NONE, Can, Kind, Status
from otklik.schemas.results import Sign

HOLDING_GAP_S = 3600
FORGOTTEN_S = 30 * DAY_S
NOON = 12


@dataclass(frozen=True)
class SignRule:
    """A sign: what it is called, what it means, what a source must be able to tell, and how it is found."""

    code: str
    title: str
    meaning: str
    needs: Can
    find: Callable[[Evidence], Suspicion]


def signs(evidence: Evidence) -> list[Sign]:
    """What looks gamed or wrong in the record.

    Input     Evidence
    Output    schemas.results.Sign for every rule of SIGNS that found something, most frequent first
    Unit      requests
    Open end  as each rule says
    Errors    none
    Source    docs/en/method/statistics.md, 'Signs in the record'
    """
    found = []
    for rule in SIGNS:
        if rule.needs in evidence.can:
            n, of, examples = rule.find(evidence)
            if n:
                found.append(Sign(code=rule.code, n=n, of=of, examples=examples))
    return sorted(found, key=lambda sign: (-sign.n / max(1, sign.of), sign.code))


def paused_though_asked(evidence: Evidence) -> Suspicion:
    """Set to 'waiting for the customer' while the customer was waiting for us."""
    trail = evidence.trail
    pauses = (trail.status == Status.waiting_customer) & (trail.before(trail.status, NONE) != Status.waiting_customer)
    asked, answered = trail.last_within(trail.by_customer), trail.last_within(trail.by_human)
    return suspicion(evidence, trail.row[pauses & (asked > answered)], trail.row[pauses])


def holding_reply(evidence: Evidence) -> Suspicion:
    """A quick reply stopped the clock, and the next one came more than an hour, and longer than the wait, later.

    Input     Evidence
    Output    requests with two public human replies in a row, the customer silent, neither resolved, paused nor passed
              to another team between them: the second is the answer, the first only reset the clock; of all requests
              with a human reply
    Unit      requests
    Open end  a reply that is not followed by another shows nothing
    Errors    none
    Source    docs/en/method/statistics.md
    """
    trail = evidence.trail
    asked = trail.last_within(trail.by_customer)
    reply_before = trail.before(trail.last_within(trail.by_human), NONE)
    next_reply, asks_again = trail.next_within(trail.by_human), trail.next_within(trail.by_customer)
    first = trail.by_human & (asked > reply_before) & (next_reply != NONE) & ~trail.is_done
    first &= (asks_again == NONE) | (asks_again > next_reply)
    place = np.flatnonzero(first)
    then = next_reply[place]
    on_us = ~trail.was_done[then] & (trail.before(trail.status, NONE)[then] != Status.waiting_customer)
    gap, waited = trail.at_us[then] - trail.at_us[place], trail.at_us[place] - trail.at_us[asked[place]]
    same_team = trail.team.code[place] == trail.before(trail.team.code, NONE)[then]  # else the barriers tell of it
    held = on_us & same_team & (gap > HOLDING_GAP_S * US) & (gap > waited)
    return suspicion(evidence, trail.row[place[held]], trail.row[trail.by_human])


def reopened_next_morning(evidence: Evidence) -> Suspicion:
    """Resolved, and open again before noon of the next weekday: closed for the night."""
    trail, wall = evidence.trail, evidence.wall
    closed = trail.last_within(trail.resolves)
    again = np.flatnonzero(trail.reopens & (closed != NONE))
    closing_day, opening_day = wall.day(trail.at_us[closed[again]]), wall.day(trail.at_us[again])
    weekday = (closing_day + 3) % 7
    next_weekday = closing_day + np.where(weekday == 4, 3, np.where(weekday == 5, 2, 1))
    overnight = (opening_day == next_weekday) & (wall.hour(trail.at_us[again]) < NOON)
    return suspicion(evidence, trail.row[again[overnight]], trail.row[trail.resolves])


def closed_without_reply(evidence: Evidence) -> Suspicion:
    """The customer asked, nobody ever answered, and it was called resolved."""
    durations = evidence.durations("first_reply")
    resolved = evidence.durations("resolution")
    silent = durations.rows[durations.state == NEVER]
    return suspicion(evidence, np.intersect1d(silent, resolved.rows[resolved.state == DONE]), durations.rows)


def unanswered_after_resolution(evidence: Evidence) -> Suspicion:
    """The customer wrote again after 'resolved', and neither was it reopened nor did anybody answer."""
    trail = evidence.trail
    wrote = trail.by_customer & trail.was_done & ~trail.reopens
    answered, reopened = trail.next_within(trail.by_human), trail.next_within(trail.reopens)
    return suspicion(evidence, trail.row[wrote & (answered == NONE) & (reopened == NONE)], trail.row[trail.resolves])


def event_before_creation(evidence: Evidence) -> Suspicion:
    """Something happened to a request before it existed."""
    trail = evidence.trail
    created = (trail.kind == Kind.created) & ~trail.is_first
    first_at = trail.at_us[trail.start]
    return suspicion(evidence, trail.row[created & (first_at < trail.at_us)], np.arange(evidence.n))


def zero_second_resolution(evidence: Evidence) -> Suspicion:
    """Resolved in the second in which it was opened: written down afterwards, or not work at all."""
    durations = evidence.durations("resolution")
    done = durations.state == DONE
    return suspicion(evidence, durations.rows[done & (durations.time_s < 1.0)], durations.rows[done])


def forgotten(evidence: Evidence) -> Suspicion:
    """Open, and nothing has happened to it for thirty days."""
    if not evidence.can & (Can.status | Can.messages | Can.steps):
        return NONE_SEEN  # only dates are known: nothing tells that nothing happened
    trail = evidence.trail
    last = trail.at_end(trail.at_us, evidence.n)
    still_open = evidence.ended_us == NONE
    quiet = (evidence.horizon_us - last) / US > FORGOTTEN_S
    return suspicion(evidence, np.flatnonzero(still_open & quiet), np.flatnonzero(still_open))


SIGNS = (
    SignRule(
        "paused_though_asked",
        N_("Paused though the customer had written"),
        N_("The request was set to wait for the customer while the customer was waiting for us."),
        Can.messages | Can.status,
        paused_though_asked,
    ),
    SignRule(
        "holding_reply",
        N_("Replies that only reset the clock"),
        N_(
            "A quick reply stopped the clock; the next one, of the same team, came more than an hour later without the "
            "customer writing."
        ),
        Can.messages,
        holding_reply,
    ),
    SignRule(
        "reopened_next_morning",
        N_("Closed in the evening, reopened next morning"),
        N_("Resolved, and open again before noon of the next working day."),
        Can.status,
        reopened_next_morning,
    ),
    SignRule(
        "closed_without_reply",
        N_("Closed without any reply"),
        N_("The customer asked, nobody ever answered, and the request was called resolved."),
        Can.first_reply,
        closed_without_reply,
    ),
    SignRule(
        "unanswered_after_resolution",
        N_("Messages after resolution that nobody answered"),
        N_(
            "The customer wrote after the request was resolved; it was neither answered nor reopened. Some of it is "
            "only thanks: the record does not tell."
        ),
        Can.messages | Can.status,
        unanswered_after_resolution,
    ),
    SignRule(
        "bulk_closing",
        N_("Closed in bulk"),
        N_("Ten or more requests were closed by the same hand within one minute."),
        Can.resolution,
        bulk_closing,
    ),
    SignRule(
        "burst_at_day_end",
        N_("Closings pile up at the end of the day"),
        N_("Late in the day, at least twice as much is closed as the rest of the work would suggest."),
        Can.resolution,
        burst_at_day_end,
    ),
    SignRule(
        "burst_at_week_end",
        N_("Closings pile up on Fridays"),
        N_("On Fridays, at least half as much again is closed as on other weekdays."),
        Can.resolution,
        burst_at_week_end,
    ),
    SignRule(
        "burst_at_month_end",
        N_("Closings pile up at the end of the month"),
        N_("On the last weekday of the month, at least half as much again is closed as on other weekdays."),
        Can.resolution,
        burst_at_month_end,
    ),
    SignRule(
        "zero_second_resolution",
        N_("Resolved in the second they were opened"),
        N_("Written down afterwards, or no work at all; such requests make the figures look better."),
        Can.resolution,
        zero_second_resolution,
    ),
    SignRule(
        "forgotten",
        N_("Open and forgotten"),
        N_("Open requests to which nothing has happened for thirty days."),
        Can.resolution,
        forgotten,
    ),
    SignRule(
        "event_before_creation",
        N_("Events before creation"),
        N_("Something happened to the request before it was created; its life is counted from the first event."),
        Can(0),
        event_before_creation,
    ),
)
