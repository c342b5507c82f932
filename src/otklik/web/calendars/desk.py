"""The hours as one person has them in front: those in force, and over them a draft of their own."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from otklik.actions.compare_calendars import compare_calendars
from otklik.actions.read_calendar import read_calendar, write_calendar
from otklik.schemas.calendar_views import BookChange
from otklik.schemas.calendars import CalendarBook
from otklik.web.access import Right, may
from otklik.web.accounts.audit import record
from otklik.web.calendars.current import digest, today
from otklik.web.calendars.models import Draft, State
from otklik.web.jobs.models import Job


@dataclass
class Desk:
    """What is in force, and what this person would put in its place."""

    user: Any
    state: State | None
    draft: Draft | None

    @classmethod
    def of(cls, user: Any) -> "Desk":
        """Lay out the desk of a person; those who may not change hours have no draft."""
        draft = Draft.objects.for_user(user).first() if may(user, Right.RULE) else None
        return cls(user, State.newest(State.HOURS), draft)

    @property
    def number(self) -> int:
        """Which state is in force; 0 = none."""
        return self.state.number if self.state else 0

    @property
    def text_in_force(self) -> str:
        """What is in force, as TOML."""
        return self.state.text if self.state else ""

    @property
    def text(self) -> str:
        """What this person sees."""
        return self.draft.text if self.draft else self.text_in_force

    @cached_property
    def in_force(self) -> CalendarBook:
        """The calendars everybody measures by."""
        return read_calendar(self.text_in_force)

    @cached_property
    def book(self) -> CalendarBook:
        """The calendars this person sees."""
        return read_calendar(self.draft.text) if self.draft else self.in_force

    @property
    def is_overtaken(self) -> bool:
        """Somebody has put other hours in force since the draft was begun."""
        return bool(self.draft) and self.draft.after != self.number  # type: ignore[union-attr]

    def changes(self) -> BookChange:
        """What the draft would change, over last year, this one and the next."""
        return changes(self.in_force, self.book)

    @property
    def pair(self) -> str:
        """Name the two texts that are compared."""
        return digest(f"{self.text_in_force}\n---\n{self.text}")

    def keep(self, book: CalendarBook, back_to: State | None = None) -> None:
        """Write the draft down; one that says what is in force anyway is thrown away."""
        self.keep_text(write_calendar(book), back_to)

    def keep_text(self, text: str, back_to: State | None = None) -> None:
        """Write the draft down as TOML."""
        if text == self.text_in_force:
            return self.throw_away()
        told: dict[str, Any] = {"text": text, "compared": {}}
        if back_to is not None or self.draft is None:
            told |= {"back_to": back_to, "after": self.number}
        Draft.objects.update_or_create(by=self.user, defaults=told)
        return None

    def throw_away(self) -> None:
        """Forget the draft."""
        Draft.objects.filter(by=self.user).delete()


def put_in_force(request: HttpRequest, desk: Desk, after: int) -> State | None:
    """Let everybody measure by the draft, write down who did it, and have the facts computed by it.

    Raises ChangedMeanwhile where another state than `after` is in force by now.
    """
    draft = desk.draft
    if draft is None:
        return None
    with transaction.atomic():
        state = State.put_in_force(State.HOURS, draft.text, request.user, after=after, back_to=draft.back_to)
        draft.delete()
        if state is not None:
            record(
                request, "hours.changed", state,
                before=digest(desk.text_in_force), after=digest(draft.text),
                back_to=draft.back_to.number if draft.back_to else None,
            )  # fmt: skip
    if state is not None:
        Job.add("refresh-facts", {}, key="refresh-facts")
    return state


def changes(before: CalendarBook, after: CalendarBook, year: int | None = None) -> BookChange:
    """Compare two books over a year, the one before and the one after; None = around today."""
    year = year or today().year
    return compare_calendars(before, after, date(year - 1, 1, 1), date(year + 2, 1, 1) - timedelta(days=1))
