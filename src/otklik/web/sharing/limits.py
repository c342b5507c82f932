"""How often a stranger may open links from one address; a store of counts that does not answer lets nobody through."""

from typing import Any, Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

RATES: Final[dict[str, Any]] = {
    "link-opened": "60/m/ip",
    "link-missed": "20/m/ip",
    "digest-stop": "30/m/ip",
}


def is_too_often(request: HttpRequest, action: str) -> bool:
    """Count a try and say whether it was one too many."""
    return ratelimit.consume(request, app="otklik", action=action, config=RATES, limit_get=True) is None
