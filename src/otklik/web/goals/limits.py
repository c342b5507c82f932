"""How much a file of goals may hold, and how often a stranger may read a calendar link from one address."""

from typing import Any, Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

MOST_BYTES: Final = 2 * 2**20
RATES: Final[dict[str, Any]] = {"feed-opened": "60/m/ip"}


def is_too_often(request: HttpRequest, action: str) -> bool:
    """Count a try and say whether it was one too many."""
    return ratelimit.consume(request, app="otklik", action=action, config=RATES, limit_get=True) is None
