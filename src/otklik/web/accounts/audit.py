"""Write down who did what."""

from typing import Any

from django.http import HttpRequest

from otklik.web.accounts.models import AuditEntry


def record(who: Any, verb: str, about: object = "", /, **facts: Any) -> AuditEntry:
    """Add an entry; `who` is a request, a person, or None for the system itself."""
    request = who if isinstance(who, HttpRequest) else None
    user = getattr(who, "user", who)
    known = user if getattr(user, "is_authenticated", False) else None
    return AuditEntry.objects.create(
        by=known,
        by_name=str(known.email) if known else "",
        verb=verb,
        about=str(about)[:200],
        facts=facts,
        address=(request.META.get("REMOTE_ADDR") or None) if request else None,
    )
