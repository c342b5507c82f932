"""Who may what: programs. A session opens nothing of the interface; a token opens what its scope and its person may."""

from typing import Any

from otklik.web.access import Role
from otklik.web.accounts.models import Scope, User
from otklik.web.api.models.webhooks import Delivery, Webhook
from tests.web.matrix import Row, World
from tests.web.matrix_speed import of_my_team, of_no_team

NOBODY = "401 401 401 401 401 401"
NO_RECORDS = "401 404 404 404 404 404"
WRONG_SCOPE = "401 403 403 403 403 403"
NOBODY_WORKS = "503 503 503 503 503 503"
OPEN = "200 200 200 200 200 200"
LOOKS_AFTER = "302 200 200 200 403 403"
DONE = "302 302 302 302 403 403"
NO_SUCH = "302 404 404 404 403 403"
FIGURES = ("report", "speed", "now", "where", "when", "who", "quality")
SETUP = ("measures", "targets", "calendars", "sources", "imports")


def hook_of(user: User) -> Webhook:
    made = Webhook(url="https://example.org/hook", events=["import.finished"], made_by=user)
    made.set_secret("s" * 32)
    made.save()
    return made


def hook(world: World, role: str) -> dict[str, Any]:
    return {"webhook_id": hook_of(world.people[Role.OWNER]).pk}


def call(world: World, role: str) -> dict[str, Any]:
    told = Delivery.objects.create(
        webhook=hook_of(world.people[Role.OWNER]), event="import.finished", state=Delivery.DEAD
    )
    return {"delivery_id": told.pk}


INTERFACE = [
    *(Row(f"api:{name}", NOBODY) for name in (*FIGURES, *SETUP, "requests")),
    *(Row(f"api:{name}", NO_RECORDS, token=Scope.READ) for name in FIGURES),
    *(Row(f"api:{name}", WRONG_SCOPE, token=Scope.PUSH) for name in (*FIGURES, *SETUP, "requests")),
    *(Row(f"api:{name}", "401 200 200 200 200 200", token=Scope.READ) for name in SETUP if name != "imports"),
    Row("api:imports", "401 200 200 200 403 403", token=Scope.READ),
    Row("api:requests", "401 404 404 404 404 403", token=Scope.READ),
    Row("api:one_request", NOBODY, own=of_my_team),
    Row("api:one_request", "401 200 200 200 200 403", own=of_my_team, token=Scope.READ),
    Row("api:one_request", "401 200 200 200 404 403", foreign=of_no_team, token=Scope.READ),
    Row("api:push_events", NOBODY, "POST"),
    Row("api:push_events", WRONG_SCOPE, "POST", token=Scope.READ),
    Row("api:push_events", "401 415 415 415 403 403", "POST", token=Scope.PUSH),
    Row("api:push_status", NOBODY, own=lambda w, r: {"push_id": "none"}),
    Row("api:push_status", "401 404 404 404 403 403", foreign=lambda w, r: {"push_id": "none"}, token=Scope.PUSH),
    Row("api:openapi-json", OPEN),
    Row("api:api-root", "404 404 404 404 404 404"),
]
PAGES = [
    Row("webhooks", LOOKS_AFTER),
    Row("webhook", LOOKS_AFTER, own=hook),
    Row("webhook", NO_SUCH, foreign=lambda w, r: {"webhook_id": 999_999}),
    Row("webhook_do", DONE, "POST", own=lambda w, r: {**hook(w, r), "verb": "pause"}),
    Row("webhook_do", DONE, "POST", own=lambda w, r: {**hook(w, r), "verb": "delete"}),
    Row("webhook_do", NO_SUCH, "POST", foreign=lambda w, r: {"webhook_id": 999_999, "verb": "delete"}),
    Row("delivery_again", DONE, "POST", own=call),
    Row("delivery_again", NO_SUCH, "POST", foreign=lambda w, r: {"delivery_id": 999_999}),
    Row("health_live", OPEN),
    Row("health_ready", NOBODY_WORKS),
    Row("metrics", NOBODY),
    Row("metrics", "401 200 200 200 200 200", token=Scope.READ),
    Row("metrics", WRONG_SCOPE, token=Scope.PUSH),
]  # fmt: skip
ROWS = [*INTERFACE, *PAGES]
