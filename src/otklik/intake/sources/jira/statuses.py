"""What a Jira status means: by its name where the name says whose turn it is, else by its category."""

import re
from typing import Final

_CANCELLED = re.compile(r"cancel|withdrawn|отмен|отозван", re.IGNORECASE)
_CUSTOMER: Final = re.compile(
    r"(wait|pend|await|need).*(customer|client|reporter|user|info|feedback|reply|response)"
    r"|(ожид|жд[её]м|нужн|уточн).*(клиент|заявител|заказчик|пользовател|ответ|информац)",
    re.IGNORECASE,
)
_US = re.compile(r"(wait|pend|await).*(support|agent|us\b|approval|triage)|(ожид|жд[её]).*(поддержк)", re.IGNORECASE)
_THIRD = re.compile(
    r"on.?hold|blocked|vendor|third|supplier|partner|^pending$|отложен|приостанов|подрядчик|поставщик|вендор|^ожидание$",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"clos|закры", re.IGNORECASE)
_DONE = re.compile(r"done|resolv|complet|fixed|готов|реш[её]н|выполнен|заверш", re.IGNORECASE)
_NEW = re.compile(r"^(open|new|to.?do|backlog|created|нов(ый|ая|ое)|открыт|к выполнению|сделать)\b", re.IGNORECASE)
_CATEGORIES: Final = {"new": "new", "indeterminate": "open", "done": "resolved"}


def is_cancelled(name: str) -> bool:
    """Whether the customer (or whoever asked for them) called it off.

    >>> is_cancelled("Canceled"), is_cancelled("Won't Do")
    (True, False)
    """
    return bool(_CANCELLED.search(name))


def status_of(name: str, category: str | None) -> str:
    """The log's status for a Jira status name and the key of its category, where that is known.

    >>> status_of("Waiting for support", "indeterminate"), status_of("Waiting for customer", "indeterminate")
    ('open', 'waiting_customer')
    >>> status_of("In Review", None), status_of("Released", "done")
    ('open', 'resolved')
    """
    if category == "done":
        return "closed" if _CLOSED.search(name) else "resolved"
    if _US.search(name):
        return "open"
    if _CUSTOMER.search(name):
        return "waiting_customer"
    if _THIRD.search(name):
        return "waiting_third_party"
    if category in _CATEGORIES:
        return "open" if re.search(r"reopen|переоткр", name, re.IGNORECASE) else _CATEGORIES[category]
    if _CLOSED.search(name):
        return "closed"
    if _DONE.search(name):
        return "resolved"
    return "new" if _NEW.search(name) else "open"
