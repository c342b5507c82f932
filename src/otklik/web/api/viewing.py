"""What is looked at: the filters of a page as parameters, and what of the answer the token's person may know."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Schema
from pydantic import Field, ValidationError

from otklik.actions.list_measures import list_measures
from otklik.base.text import N_
from otklik.schemas.results import Report
from otklik.schemas.views import TOLD_APART_BY, Cohort, View
from otklik.web.access import Right, may
from otklik.web.api.problems import Refusal
from otklik.web.looking import Looking

MOST_VALUES: Final = 100
PEOPLE: Final = frozenset({"customer", "assignee", "actor", "subject"})
"""Columns that tell one person from another."""
Text = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]
Texts = Annotated[list[Text], Field(max_length=MOST_VALUES)]


class Where(Schema):
    """Which requests: the filters that every page has; without any, all of them."""

    start: date | None = Field(None, description="First day, as the company's zone has it.")
    end: date | None = Field(None, description="Last day, inside.")
    cohort: Cohort = "arrived"
    source: Texts = []
    channel: Texts = []
    team: Texts = []
    category: Texts = []
    priority: Texts = []
    segment: Texts = []
    calendar: Text = Field("", description="Number of an older state of the working hours; empty = in force.")

    def view(self) -> View:
        """As the pages know it; raises Refusal for a period that ends before it begins."""
        told = self.model_dump(include=set(View.model_fields))
        chosen = {name: tuple(told.pop(name)) for name in TOLD_APART_BY}
        try:
            return View.model_validate({**told, **chosen})
        except ValidationError as error:
            raise Refusal(422, "invalid", N_("The period ends before it begins.")) from error


class How(Where):
    """Which requests, and how to measure them."""

    clock: Literal["elapsed", "business"] = "elapsed"
    measure: Text = Field("", description="A measure by its id; empty = the one that answers best how fast.")
    by: Text = Field("", description="A column to compare by; empty = those that tell something.")


def looking_at(request: HttpRequest, where: Where) -> Looking:
    """Look; raise Refusal for a measure or a column that is not to be had."""
    if isinstance(where, How):
        if where.measure and where.measure not in {one.id for one in list_measures()}:
            raise Refusal(422, "unknown-measure", N_("There is no measure %(name)s."), name=where.measure)
        if where.by in PEOPLE and not may(request.user, Right.SEE_PEOPLE):
            raise Refusal(403, "not-allowed", N_("The person behind this token may not compare people."))
    view = where.view()
    if not settings.DATA.log.exists():
        raise Refusal(404, "no-log", N_("There are no records yet. Push some, or bring some in on the page Records."))
    return Looking.of(view)


def without_foreign(report: Report, user: Any) -> Report:
    """Leave out single requests, and names of people, that the person may not see."""
    teams = user.sees_teams()
    all_requests = may(user, Right.SEE_REQUESTS) and teams is None
    told: dict[str, Any] = {}
    if not all_requests:
        signs = [sign.model_copy(update={"examples": []}) for sign in report.quality.signs]
        told = {"longest": [], "quality": report.quality.model_copy(update={"signs": signs})}
    if report.waiting is not None:
        longest = [one for one in report.waiting.longest if all_requests or _is_own(one.team, user, teams)]
        if not may(user, Right.SEE_PEOPLE):
            longest = [one.model_copy(update={"assignee": None}) for one in longest]
        told["waiting"] = report.waiting.model_copy(update={"longest": longest})
    return report.model_copy(update=told)


def own_team_or_404(team: str | None, user: Any) -> None:
    """Say that there is nothing where a request is not of the person's teams."""
    if not _is_own(team, user, user.sees_teams()):
        raise Http404


def _is_own(team: str | None, user: Any, teams: list[str] | None) -> bool:
    return may(user, Right.SEE_REQUESTS) and (teams is None or team in teams)
