"""Calls out: from what happened to rows that wait, from rows to calls; several at once, so none holds the others."""

import json
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.web.api.models.webhooks import Delivery, Webhook
from otklik.web.api.signing import HEADER, sign
from otklik.web.fetching import Answer, fetch
from otklik.web.jobs.models import Job
from otklik.web.vault import VaultBroken

WHOLE_S: Final = 10.0
AT_ONCE: Final = 8
KEPT_FOR: Final = timedelta(days=30)
SEND: Final = "deliver"
TRIAL: Final = "test"
Call = Callable[..., Answer]


@dataclass(frozen=True)
class _Outcome:
    code: int | None
    error: str = ""


def tell_all(announcement: str, event: str, facts: dict[str, Any], at: datetime) -> int:
    """Lay down one delivery for each webhook that wants this event; laid down twice it stays one."""
    wanting = [hook for hook in Webhook.objects.all() if event in hook.events]
    return sum(_lay_down(hook, announcement, event, facts, at) for hook in wanting)


def try_out(hook: Webhook) -> None:
    """Lay down a trial call."""
    now = timezone.now()
    _lay_down(hook, f"trial-{now.timestamp()}", TRIAL, {"webhook": hook.pk}, now)


def send_due(call: Call = fetch) -> int:
    """Make all calls that are due, one for each webhook at a time; return how many were made."""
    made = 0
    while due := Delivery.claim_due(timezone.now(), AT_ONCE):
        crash_point("webhook-claimed")
        for delivery, outcome in _called(due, call):
            crash_point("webhook-after-post")
            delivery.told(outcome.code, outcome.error)
            made += 1
    return made


def ask_to_send() -> None:
    """Have the worker call soon, where anything is due."""
    if Delivery.objects.filter(state=Delivery.WAITING, next_at__lte=timezone.now(), webhook__paused_at=None).exists():
        Job.add(SEND, key=SEND)


def forget_old() -> None:
    """Drop what was told, or given up, long ago."""
    Delivery.objects.filter(ended_at__lt=timezone.now() - KEPT_FOR).delete()


def _lay_down(hook: Webhook, announcement: str, event: str, facts: dict[str, Any], at: datetime) -> bool:
    with transaction.atomic():
        delivery, new = Delivery.objects.get_or_create(
            webhook=hook, announcement=announcement, defaults={"event": event, "body": ""}
        )
        if new:
            told = {"id": delivery.number, "event": event, "at": at.isoformat(), "facts": facts}
            delivery.body = json.dumps(told, ensure_ascii=False)
            delivery.save(update_fields=["body"])
            Job.add(SEND, key=SEND)
    return new


def _called(due: Iterable[Delivery], call: Call) -> Iterable[tuple[Delivery, _Outcome]]:
    """Call side by side; the threads touch no database."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = {}
        for delivery in due:
            try:
                secret = delivery.webhook.secret
            except VaultBroken:
                yield delivery, _Outcome(None, "vault-broken")
                continue
            asked[pool.submit(_post, delivery, secret, call)] = delivery
        for done in as_completed(asked):
            yield asked[done], done.result()


def _post(delivery: Delivery, secret: str, call: Call) -> _Outcome:
    body = delivery.body.encode()
    headers = {
        "Content-Type": "application/json", "Otklik-Event": delivery.event, "Otklik-Delivery": delivery.number,
        HEADER: sign(secret, delivery.number, body, int(time.time())),
    }  # fmt: skip
    try:
        answer = call("POST", delivery.webhook.url, body=body, headers=headers, whole_s=WHOLE_S)
    except UserError as error:
        return _Outcome(
            None, str(error.facts.get("reason") or error.code) if error.code == "unreachable" else error.code
        )
    return _Outcome(answer.status)
