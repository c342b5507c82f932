"""What a ServiceNow state means, by its label or by its number in the table it belongs to."""

import re
from collections.abc import Mapping
from typing import Final

_INCIDENT: Final[Mapping[str, str]] = {
    "1": "new", "2": "open", "3": "hold", "4": "awaiting user", "5": "awaiting", "6": "resolved", "7": "closed",
    "8": "cancelled",
}  # fmt: skip
_TASK: Final[Mapping[str, str]] = {
    "-5": "hold", "1": "new", "2": "open", "3": "closed", "4": "closed", "7": "cancelled", "8": "closed",
}  # fmt: skip
_WORDS: Final = (
    (re.compile(r"cancel|skipped|отмен", re.IGNORECASE), "cancelled"),
    (re.compile(r"(await|pend|hold|wait).*(user|caller|customer|requester|info)", re.IGNORECASE), "waiting_customer"),
    (re.compile(r"ожид.*(клиент|пользоват|заявит|инициат)", re.IGNORECASE), "waiting_customer"),
    (re.compile(r"hold|await|pending|suspend|wait|ожид|приостан", re.IGNORECASE), "hold"),
    (re.compile(r"resolv|реш[её]н", re.IGNORECASE), "resolved"),
    (re.compile(r"clos|complete|закры|заверш", re.IGNORECASE), "closed"),
    (re.compile(r"^(new|open|draft|нов)", re.IGNORECASE), "new"),
)  # fmt: skip


def state_of(label: str, number: str, hold_reason: str = "") -> str | None:
    """The log's status, or 'cancelled'; None for an empty or senseless state.

    >>> state_of("On Hold", "INC001", "Awaiting Caller"), state_of("3", "INC001", "4"), state_of("3", "SCTASK1")
    ('waiting_customer', 'waiting_third_party', 'closed')
    """
    if not label or label == "-100":
        return None
    if re.fullmatch(r"-?\d+", label):
        found = (_INCIDENT if number.upper().startswith(("INC", "IM")) else _TASK).get(label, "open")
    else:
        found = next((word for pattern, word in _WORDS if pattern.search(label)), "open")
    if found == "awaiting user":
        return "waiting_customer"
    if found in ("hold", "awaiting"):
        by_caller = hold_reason == "1" or re.search(r"caller|user|customer", hold_reason, re.IGNORECASE)
        return "waiting_customer" if by_caller else "waiting_third_party"
    return found
