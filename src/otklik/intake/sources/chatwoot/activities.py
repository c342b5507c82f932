"""What a Chatwoot activity says: the trail of states and hands exists only as sentences, English or Russian here."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Activity:
    """A state or a holder that changed; '' means nobody, None not spoken of."""

    status: str | None = None
    assignee: str | None = None
    team: str | None = None
    who: str | None = None


RESOLVED, OPEN, SNOOZED = "resolved", "open", "waiting_customer"
_STATUSES: Final = (
    (re.compile(r"marked resolved by (?P<who>.+?)(?: due to| \(|:|$)|was resolved by (?P<contact>.+)$"), RESOLVED),
    (re.compile(r"^(?P<who>.+?) завершил|закрыт (?P<contact>.+)$|(?P<system>системой) реш[её]нн"), RESOLVED),
    (
        re.compile(r"reopened by (?P<who>.+)$|marked open by (?P<who2>.+?)(?: \(| due|$)|^(?P<system>System) reopened"),
        OPEN,
    ),
    (re.compile(r"^(?P<who>.+?) открыл заново|^(?P<system>Система) переоткрыла"), OPEN),
    (re.compile(r"snoozed by (?P<who>.+)$|отложенный (?P<who2>.+)$"), SNOOZED),
    (re.compile(r"marked as pending by (?P<who>.+)$|ожидающий (?P<who2>.+)$"), OPEN),
)
_HANDS: Final = (
    re.compile(r"^Assigned to (?P<assignee>.+) via (?P<team>.+) by (?P<who>.+)$"),
    re.compile(r"^Assigned to (?P<either>.+) by (?P<who>.+)$"),
    re.compile(r"^(?P<self>.+) self-assigned this conversation"),
    re.compile(r"^Conversation (?P<nobody>unassigned) by (?P<who>.+)$"),
    re.compile(r"^Unassigned from (?P<noteam>.+) by (?P<who>.+)$"),
    re.compile(r"^(?P<self>.+?) назначил\(?а?\)? разговор себе"),
    re.compile(r"^(?P<who>.+?) назначил\(?а?\)? (?P<either>.+) ответственным"),
    re.compile(r"^(?P<who>.+?) назначил\(?а?\)? (?P<assignee>.+) в (?P<team>.+)$"),
    re.compile(r"^Ответственный (?P<nobody>снят) (?P<who>.+)$"),
    re.compile(r"^(?P<who>.+?) исключил\(?а?\)? из (?P<noteam>.+)$"),
)
MACHINES: Final = frozenset({"system", "система", "системой", "automation system", "automation"})


def read_activity(sentence: str, teams: Collection[str] = ()) -> Activity | None:
    """What changed and by whom; None for a sentence about labels, priorities and the like.

    >>> read_activity("Conversation was marked resolved by Ann Lee")
    Activity(status='resolved', assignee=None, team=None, who='Ann Lee')
    >>> read_activity("Assigned to Billing by Ann Lee", teams={"Billing"})
    Activity(status=None, assignee=None, team='Billing', who='Ann Lee')
    """
    sentence = sentence.strip()
    for pattern, status in _STATUSES:
        if found := pattern.search(sentence):
            return Activity(status=status, who=next((name for name in found.groups() if name), None))
    for pattern in _HANDS:
        if found := pattern.search(sentence):
            return _hands(found.groupdict(), teams)
    return None


def _hands(said: dict[str, str | None], teams: Collection[str]) -> Activity:
    either, alone = said.get("either"), said.get("self")
    if either is not None:
        is_team = either in teams
        return Activity(assignee=None if is_team else either, team=either if is_team else None, who=said.get("who"))
    if alone is not None:
        return Activity(assignee=alone, who=alone)
    if said.get("nobody"):
        return Activity(assignee="", who=said.get("who"))
    if said.get("noteam"):
        return Activity(team="", who=said.get("who"))
    return Activity(assignee=said.get("assignee"), team=said.get("team"), who=said.get("who"))
