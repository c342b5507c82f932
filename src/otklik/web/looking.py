"""What a page looks at: the view in its address, the state of the log, and results that are worked out once."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

from otklik.actions.cut_log import Shelf
from otklik.actions.look_at import look_at
from otklik.schemas.results import Report
from otklik.schemas.targets import Target
from otklik.schemas.views import TOLD_APART_BY, View
from otklik.web.access import Right, may
from otklik.web.accounts.models import Company
from otklik.web.calendars import current
from otklik.web.calendars.models import State
from otklik.web.remembering import recall, remembered
from otklik.web.words import language


@dataclass(frozen=True)
class Looking:
    """One look: at which requests, by which hours and promises, in whose zone."""

    view: View
    company: Company
    targets: tuple[Target, ...] = ()

    @classmethod
    def at(cls, request: HttpRequest) -> "Looking":
        """Read the address of a page; raises UnreadableView."""
        pairs = [(name, value) for name, values in request.GET.lists() for value in values]
        view = View.of_pairs(pairs)
        if view.by not in TOLD_APART_BY and not may(request.user, Right.SEE_PEOPLE):
            view = view.model_copy(update={"by": ""})  # persons are compared by nobody who may not see them
        return cls.of(view)

    @classmethod
    def of(cls, view: View) -> "Looking":
        """Look at a view as the company measures now."""
        return cls(view, Company.ours(), current.targets())

    @cached_property
    def shelf(self) -> Shelf:
        """The kept log by the hours of the view; raises NotAStore, NotMeasuredYet."""
        yardstick = current.yardstick()
        if self.view.calendar:
            state = State.objects.filter(kind=State.HOURS, number=_number(self.view.calendar)).first()
            yardstick = current.yardstick_of(state) if state else yardstick
        return Shelf.of(settings.DATA.log, yardstick)

    @property
    def zone(self) -> str:
        """The company's zone."""
        return self.company.time_zone

    @property
    def as_of(self) -> datetime | None:
        """Up to when the records are complete."""
        return self.shelf.as_of

    def with_view(self, view: View) -> "Looking":
        """The same look at other requests."""
        return Looking(view, self.company, self.targets)

    def before(self) -> "Looking":
        """The period right before."""
        end = self.as_of or datetime.now(ZoneInfo(self.zone))
        return self.with_view(self.view.before(end.astimezone(ZoneInfo(self.zone)).date()))

    def report(self, parts: Collection[str], measures: Collection[str] | None = None) -> Report:
        """Parts of the report about the view, by some measures or all; worked out once for each state of the log."""
        asked = {
            "measure": self.view.measure,
            "clock": self.view.clock,
            "by": self.view.by if "slices" in parts else "",
        }
        view = self.view.which.model_copy(update=asked)
        chosen = [] if measures is None else [sorted(measures)]
        key = self._key("report", view, [*sorted(parts), *chosen])

        def make() -> str:
            return look_at(
                self.shelf, view, parts, measures=measures, zone=self.zone, targets=self.targets,
                simulated=self.company.is_simulated,
            ).model_dump_json()  # fmt: skip

        return Report.model_validate_json(remembered(key, make))

    def known(self, what: str, parts: Collection[Any] = ()) -> str | None:
        """What was remembered of this look under a name, or None."""
        return recall(self._key(what, self.view, [*parts, language()]))

    def once(self, what: str, parts: Collection[Any], make: Callable[[], str]) -> str:
        """Work something out once for this look and this language."""
        return remembered(self._key(what, self.view, [*parts, language()]), make)

    def _key(self, what: str, view: View, more: list[Any]) -> str:
        targets = [target.model_dump(mode="json") for target in self.targets]
        told = [what, self.shelf.state, self.zone, self.company.is_simulated, view.pairs(), targets, more]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 10 else -1
