"""How long answers take: a histogram over all web processes, by page, method and kind of answer."""

import os
import time
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from otklik.web.middleware import Answer
from otklik.web.serve import COUNTED

BUCKETS: Final = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Among them the goals of the pages: 0.3 s and 1 s."""
_METHODS: Final = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_SECONDS: Final = Histogram(
    "otklik_http_request_seconds",
    "How long answers take.",
    ("page", "method", "answer"),
    buckets=BUCKETS,
    registry=None,
)


class Timed:
    """Take the time of every answer until its first byte; who asked and what for is not told."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and note how long it took."""
        begun = time.perf_counter()
        response = self.answer(request)
        found = request.resolver_match
        page = found.view_name if found and found.view_name else "other"
        method = request.method if request.method in _METHODS else "other"
        _SECONDS.labels(page, method, f"{response.status_code // 100}xx").observe(time.perf_counter() - begun)
        return response


def register_with(registry: CollectorRegistry) -> None:
    """Add what all processes of this server counted."""
    if os.environ.get(COUNTED):  # without a common place each process counts for itself
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_SECONDS)
