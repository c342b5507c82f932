"""A number limited to requests that one held oneself: by the names of whoever fills the form in, never any sent."""

from typing import Final

from django import forms

from otklik.base.text import N_
from otklik.schemas.goals import Slice
from otklik.web.goals.how_counted import NAMES_GONE
from otklik.web.words import say, say_later

MEANS: Final = N_("Seen by you alone. Requests held last under your names in the records: %(names)s.")
NO_NAMES: Final = N_(
    "Nobody has written down yet which names in the records are yours. Ask an owner or a manager; see My account."
)
NAMES_MOVED: Final = N_("Your names in the records have changed since: saving takes them over.")


class WithMine(forms.Form):
    """The box that limits a number; without names it waits, and where others would see the number it is not there."""

    only_mine = forms.BooleanField(label=say_later(N_("Only requests that I held last")), required=False)
    mine: tuple[str, ...] | None = None
    """The names of whoever fills it in; None = the number may not be limited to one's own requests."""

    def offer_mine(self, mine: tuple[str, ...] | None, kept: Slice) -> None:
        """Offer the box where there may be one, and say what it means; `kept` is what the number counts so far."""
        self.mine = mine
        if mine is None:
            del self.fields["only_mine"]
            return
        field = self.fields["only_mine"]
        field.disabled = not (mine or kept.assignee)
        field.help_text = say(MEANS, names=", ".join(mine)) if mine else say(NO_NAMES)
        if kept.assignee and set(kept.assignee) != set(mine):
            field.help_text = say(NAMES_MOVED if mine else NAMES_GONE)

    def assignee(self, kept: Slice) -> tuple[str, ...]:
        """Whose requests are counted; where there is no box, whose they were."""
        if self.mine is None:
            return kept.assignee
        if not self.cleaned_data.get("only_mine"):
            return ()
        if not self.mine:
            self.add_error("only_mine", say(NAMES_GONE))
        return self.mine

    def names_moved(self, kept: Slice) -> bool:
        """Whether the names count otherwise than when the number was limited to them, and it shall stay limited."""
        is_other = bool(self.mine and kept.assignee) and set(kept.assignee) != set(self.mine or ())
        return is_other and bool(self.cleaned_data.get("only_mine"))
