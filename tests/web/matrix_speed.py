"""Who may what: the dashboards. Figures are everybody's; single requests those of one's own teams."""

from typing import Any

from django.conf import settings

from otklik.actions.keep_log import add_to_log, measure_kept_log
from otklik.actions.measure_speed import Yardstick
from otklik.web.accounts.models import Team
from otklik.web.speed.pages import PARTS
from tests.store.people import met_everywhere
from tests.web.matrix import Row, World

LOOK = "302 200 200 200 200 200"
TEAM = "Team of Anna Petrova"


def with_log(world: World, role: str) -> None:
    """Records in which R2 was held by a team, of which the member is one, and R1 by none."""
    add_to_log(settings.DATA.log, met_everywhere())
    measure_kept_log(settings.DATA.log, Yardstick())
    world.people["member"].teams.set([Team.objects.get_or_create(name=TEAM)[0]])


def of_my_team(world: World, role: str) -> dict[str, Any]:
    with_log(world, role)
    return {"source": "desk", "number": "R2"}


def of_no_team(world: World, role: str) -> dict[str, Any]:
    with_log(world, role)
    return {"source": "desk", "number": "R1"}


def section(world: World, role: str) -> dict[str, Any]:
    with_log(world, role)
    return {"name": next(iter(PARTS))}


ROWS = [
    *(Row(name, LOOK) for name in ("now", "how_fast", "where_time_goes", "when", "who_waits", "record_quality")),
    Row("part", LOOK, args=section),
    Row("comparison", "302 422 422 422 422 422"),
    Row("requests", "302 422 422 422 422 403"),
    Row("one_request", "302 200 200 200 200 403", own=of_my_team),
    Row("one_request", "302 200 200 200 404 403", foreign=of_no_team),
]
