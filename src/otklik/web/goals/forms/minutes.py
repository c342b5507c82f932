"""What a meeting came to: decisions and obstacles, written down under the meeting's own name."""

from typing import Any

from django import forms

from otklik.base.text import N_
from otklik.web.goals.changing import write
from otklik.web.goals.forms.fields import long_field
from otklik.web.goals.models import Cycle, Minutes
from otklik.web.moments import now, today

MOST_MINUTES = 20


class MinutesForm(forms.Form):
    """Decisions and obstacles of one kind of meeting. What is left empty is not written down."""

    decisions = long_field(N_("What we decided"), rows=2)
    obstacles = long_field(N_("What stands in our way"), rows=2)

    def __init__(self, data: Any, *, kind: str) -> None:
        super().__init__(data)
        self.kind = kind

    def keep(self, cycle: Cycle, person: Any) -> bool:
        """Write them down, if there are any."""
        told = {name: self.cleaned_data[name].strip() for name in ("decisions", "obstacles")}
        if not any(told.values()):
            return False
        write(Minutes(cycle=cycle, kind=self.kind, day=today(), by=person, at=now(), **told), person)
        return True

    def facts(self, cycle: Cycle, user: Any) -> dict[str, Any]:
        """What a page shows: these fields, and the minutes of such meetings before."""
        rows = Minutes.objects.for_user(user).filter(cycle=cycle, kind=self.kind).select_related("by")
        return {"meeting": self, "minutes": rows[:MOST_MINUTES], "kinds": Minutes.KINDS}
