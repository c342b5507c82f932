"""Look whether targets are missed and whether anybody waits longer than was promised; each is told once."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from otklik.actions.cut_log import NotMeasuredYet
from otklik.actions.list_requests import list_requests
from otklik.schemas.requests import ListedRequest
from otklik.schemas.targets import Target
from otklik.schemas.views import View
from otklik.web.announcing import announce
from otklik.web.api.models import Watch, Webhook
from otklik.web.calendars import current
from otklik.web.looking import Looking

WINDOW_DAYS: Final = 28
"""A target is judged by the requests of the last four weeks."""
LOOKED_AT: Final = 1_000
TOLD_AT_ONCE: Final = 50
WAITS: Final = ("first_reply", "waits", "longest_wait")
"""Measures in which somebody waits for an answer."""


def watch() -> None:
    """Look, where any webhook wants to hear of it and there is anything to look at."""
    wanted = {event for hook in Webhook.objects.filter(paused_at=None) for event in hook.events}
    if not settings.DATA.log.exists() or not current.targets():
        return
    try:
        if "target.missed" in wanted:
            _targets(Looking.of(View(start=current.today() - timedelta(days=WINDOW_DAYS - 1))))
        if "request.waiting-too-long" in wanted:
            _requests(Looking.of(View()))
    except NotMeasuredYet:
        return  # the next look comes soon


def _targets(looking: Looking) -> None:
    results = {_key("target", one.target.model_dump_json()): one for one in looking.report({"targets"}).targets}
    missed = {key for key, one in results.items() if one.met is False}
    with transaction.atomic():
        for key in _news("target", missed, gone=set(results) - missed):
            one = results[key]
            announce("target.missed", **one.model_dump(mode="json"), days=WINDOW_DAYS)


def _requests(looking: Looking) -> None:
    waiting = list_requests(looking.shelf, View(), zone=looking.zone, waiting=True, size=LOOKED_AT).rows
    late = dict(_late(waiting, looking.targets))
    with transaction.atomic():
        news = _news("request", set(late), gone=None)
        if news:
            told = [late[key] for key in news[:TOLD_AT_ONCE]]
            announce("request.waiting-too-long", requests=told, more=len(news) - len(told))


def _late(rows: list[ListedRequest], targets: tuple[Target, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in rows:
        for target in targets:
            waited_s = row.longest_wait_s if target.clock == "elapsed" else row.longest_wait_business_s
            if not _is_about(target, row) or waited_s is None or waited_s <= target.within_s:
                continue
            told = {
                "source": row.source, "request": row.request, "team": row.team, "channel": row.channel,
                "waited_s": waited_s, "within_s": target.within_s, "clock": target.clock, "measure": target.measure,
            }  # fmt: skip
            yield _key("request", f"{row.source}\0{row.request}\0{target.model_dump_json()}"), told


def _is_about(target: Target, row: ListedRequest) -> bool:
    if target.measure not in WAITS or (target.measure == "first_reply" and row.first_reply_state != "running"):
        return False
    return all(getattr(row, column, None) == value for column, value in target.only.items())


def _news(about: str, amiss: set[str], gone: set[str] | None) -> list[str]:
    """Note what is amiss, forget what is well again, and return what is new."""
    known = set(Watch.objects.filter(about=about).values_list("key", flat=True))
    well = known - amiss if gone is None else known & gone
    Watch.objects.filter(key__in=well).delete()
    news = sorted(amiss - known)
    Watch.objects.bulk_create([Watch(key=key, about=about) for key in news], ignore_conflicts=True)
    return news


def _key(about: str, text: str) -> str:
    return hashlib.sha256(f"{about}:{text}".encode()).hexdigest()
