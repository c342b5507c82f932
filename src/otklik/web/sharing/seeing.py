"""Who may see what of a view when it is taken away."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from otklik.actions.leave_out_requests import leave_out_requests
from otklik.schemas.results import Report
from otklik.schemas.views import TOLD_APART_BY, View
from otklik.web.access import Right, may
from otklik.web.looking import Looking


@dataclass(frozen=True)
class Sight:
    """What somebody sees: single requests (of which teams), names of people."""

    requests: bool = False
    teams: tuple[str, ...] | None = None
    people: bool = False

    @classmethod
    def of(cls, user: Any) -> "Sight":
        """By role and teams."""
        teams = user.sees_teams()
        return cls(
            requests=may(user, Right.SEE_REQUESTS),
            teams=None if teams is None else tuple(sorted(teams)),
            people=may(user, Right.SEE_PEOPLE),
        )

    @property
    def everything(self) -> bool:
        """Single requests of the whole company, with the names of people."""
        return self.requests and self.people and self.teams is None

    def narrowed(self, view: View) -> View:
        """The view without a comparison that would name people."""
        if self.people or view.by in ("", *TOLD_APART_BY):
            return view
        return view.model_copy(update={"by": ""})

    def report(self, looking: Looking, parts: Collection[str], measures: Collection[str] | None = None) -> Report:
        """Parts of the report; without single requests where somebody may not see all of them."""
        report = looking.with_view(self.narrowed(looking.view)).report(parts, measures)
        return report if self.everything else leave_out_requests(report)


FIGURES_ONLY = Sight()
"""What people outside and digests get to see."""
