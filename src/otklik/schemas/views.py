"""A view: which requests are looked at, by which clock; every filter of a page, to and from its address."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from otklik.base.errors import UserError
from otklik.base.text import N_

Cohort = Literal["arrived", "answered", "resolved", "open"]
COHORTS: Final = {
    "arrived": N_("that came in this period"),
    "answered": N_("that were answered in this period"),
    "resolved": N_("that were solved in this period"),
    "open": N_("that were open at its end"),
}
TOLD_APART_BY: Final = ("source", "channel", "team", "category", "priority", "segment")
NOTHING: Final = "—"
"""Stands in an address for requests that have no value in a column."""
MOST_VALUES = 100


class UnreadableView(UserError):
    """An address with a filter nobody can read: facts `what`."""

    code = "unreadable-view"
    message = N_("The address asks for something that cannot be read: %(what)s.")
    hint = N_("Dates are written like 2026-03-31; choose the filters on the page again.")


class View(BaseModel):
    """Which requests: of a period by cohort, told apart by columns; `start` and `end` are local days, both inside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: date | None = None
    end: date | None = None
    cohort: Cohort = "arrived"
    source: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()
    clock: Literal["elapsed", "business"] = "elapsed"
    measure: str = ""
    by: str = ""
    calendar: str = ""
    compare: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> "View":
        if self.start and self.end and self.end < self.start:
            raise ValueError("end before start")
        if any(len(getattr(self, name)) > MOST_VALUES for name in TOLD_APART_BY):
            raise ValueError("too many values")
        return self

    @classmethod
    def of_pairs(cls, pairs: Iterable[tuple[str, str]]) -> "View":
        """Read the pairs of an address; names nobody knows are passed over, values nobody can read are refused."""
        told: dict[str, Any] = {}
        for name, value in pairs:
            if name in TOLD_APART_BY and value:
                told[name] = (*told.get(name, ()), value)
            elif name in cls.model_fields and value:
                told[name] = value
        try:
            return cls.model_validate(told)
        except ValidationError as wrong:
            first = wrong.errors()[0]
            raise UnreadableView(what=f"{'.'.join(map(str, first['loc']))} {first['input']}".strip()[:200]) from None

    def pairs(self, **changed: Any) -> list[tuple[str, str]]:
        """Write the view as pairs of an address, shortest form, in a fixed order."""
        view = self.model_copy(update=changed) if changed else self
        plain = View()
        found: list[tuple[str, str]] = []
        for name in View.model_fields:
            value = getattr(view, name)
            if value == getattr(plain, name):
                continue
            if name in TOLD_APART_BY:
                found += [(name, one) for one in value]
            else:
                found.append((name, "1" if value is True else value.isoformat() if isinstance(value, date) else value))
        return found

    @property
    def chosen(self) -> dict[str, Sequence[str]]:
        """The columns by which requests are picked."""
        return {name: getattr(self, name) for name in TOLD_APART_BY if getattr(self, name)}

    @property
    def which(self) -> "View":
        """The same requests, whatever is asked of them."""
        return self.model_copy(update={"clock": "elapsed", "measure": "", "by": "", "compare": False})

    def before(self, until: date) -> "View":
        """The same of the period of equal length right before; an open one ends `until`, and begins with 30 days."""
        end = self.end or until
        start = self.start or end - timedelta(days=29)
        days = (end - start).days + 1
        return self.model_copy(
            update={"start": start - timedelta(days=days), "end": start - timedelta(days=1), "compare": False}
        )
