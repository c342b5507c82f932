"""What people type about hours."""

from dataclasses import replace
from datetime import date
from typing import Any, Final
from zoneinfo import available_timezones

from django import forms

from otklik.actions.edit_calendar import DayWish, read_hours
from otklik.actions.read_calendar import hours_text
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.calendars import Calendar, CalendarBook, Slot
from otklik.web.words import say, say_later, speech, words

WISHES: Final = (
    ("as-usual", say_later(N_("As every week"))),
    ("closed", say_later(N_("Closed all day"))),
    ("shorter", say_later(N_("One hour shorter"))),
    ("hours", say_later(N_("Other hours"))),
    ("like", say_later(N_("Worked like another weekday"))),
    ("every-year", say_later(N_("These hours on this date every year"))),
)
PRESETS: Final = (
    ("mon-fri 9-18", say_later(N_("Monday to Friday, 9 to 18"))),
    ("ru", say_later(N_("Russian production calendar"))),
    ("us", say_later(N_("United States: public holidays, Monday to Friday, 9 to 18"))),
    ("24x7", say_later(N_("Around the clock"))),
    ("other", say_later(N_("Another one, written below"))),
)
LARGEST_FILE: Final = 2 * 2**20


def clean_slots(text: str) -> tuple[Slot, ...]:
    """Read hours, or say what is wrong with them."""
    try:
        return read_hours(text)
    except UserError as error:
        raise forms.ValidationError(words().error(error)) from None


class AboutDay(forms.Form):
    """What one date is to be."""

    wish = forms.ChoiceField(label=say_later(N_("This day is")), choices=WISHES, widget=forms.RadioSelect)
    hours = forms.CharField(
        label=say_later(N_("Hours")), required=False, max_length=200,
        help_text=say_later(N_("Like 09:00-13:00, 14:00-18:00. Used with “Other hours” and “every year”.")),
    )  # fmt: skip
    like = forms.TypedChoiceField(label=say_later(N_("Like which weekday")), required=False, coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"].choices = weekdays()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the hours where they are wanted."""
        found = super().clean() or {}
        wish = found.get("wish")
        slots: tuple[Slot, ...] = ()
        if wish in ("hours", "every-year"):
            try:
                slots = clean_slots(found.get("hours", ""))
            except forms.ValidationError as wrong:
                self.add_error("hours", wrong)
            if wish == "hours" and not slots and "hours" not in self.errors:
                self.add_error("hours", say(N_("Write the hours, or choose “Closed all day”.")))
        if wish:
            found["day_wish"] = DayWish(wish, slots, found.get("like") or 0)
        return found


def weekdays() -> list[tuple[int, str]]:
    """Weekdays in the reader's language, Monday first."""
    return [(day, speech().format.weekday(day, short=False)) for day in range(7)]


class AboutVersion(forms.Form):
    """The ordinary weeks of one version of a calendar."""

    name = forms.CharField(label=say_later(N_("Name")), max_length=80)
    time_zone = forms.CharField(
        label=say_later(N_("Time zone")), max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )  # fmt: skip
    valid_from = forms.DateField(
        label=say_later(N_("Valid from")), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, version: Calendar, *args: Any, is_first: bool = False, **kwargs: Any) -> None:
        self.version = version
        told = {"name": version.name or version.id, "time_zone": version.time_zone, "valid_from": version.valid_from}
        told |= {f"day_{day}": hours_text(version.weekly.get(day, ())) for day in range(7)}
        super().__init__(*args, initial=told, **kwargs)
        self.fields["valid_from"].required = not is_first
        if is_first:
            self.fields["valid_from"].help_text = say(N_("Empty = since ever."))
        for day, name in weekdays():
            self.fields[f"day_{day}"] = forms.CharField(label=name, required=False, max_length=200)

    @property
    def week(self) -> list[forms.BoundField]:
        """The fields of the weekdays."""
        return [self[f"day_{day}"] for day in range(7)]

    def clean_time_zone(self) -> str:
        """Only zones that exist."""
        return clean_zone(self.cleaned_data["time_zone"])

    def clean(self) -> dict[str, Any]:
        """Read the hours of every weekday."""
        found = super().clean() or {}
        weekly: dict[int, tuple[Slot, ...]] = {}
        for day in range(7):
            try:
                slots = clean_slots(found.get(f"day_{day}", ""))
            except forms.ValidationError as wrong:
                self.add_error(f"day_{day}", wrong)
                continue
            if slots or day in self.version.weekly:
                weekly[day] = slots
        found["weekly"] = weekly
        return found

    def changed_version(self) -> Calendar:
        """The version as it was typed."""
        told = self.cleaned_data
        return replace(
            self.version,
            name=told["name"], time_zone=told["time_zone"], valid_from=told["valid_from"], weekly=told["weekly"],
        )  # fmt: skip


def clean_zone(zone: str) -> str:
    """Only zones that exist."""
    if zone.strip() not in available_timezones():
        raise forms.ValidationError(say(N_("There is no such time zone. Write it like Europe/Moscow.")))
    return zone.strip()


class NewCalendar(forms.Form):
    """A calendar from a preset."""

    name = forms.CharField(label=say_later(N_("Name of the calendar")), max_length=80)
    preset = forms.ChoiceField(label=say_later(N_("Begin with")), choices=PRESETS, widget=forms.RadioSelect)
    other = forms.CharField(
        label=say_later(N_("Another one")), required=False, max_length=200,
        help_text=say_later(N_("A country such as de or DE-BY, or hours: mon-fri 9-13,14-18; sat 10-15 kz")),
    )  # fmt: skip
    time_zone = forms.CharField(
        label=say_later(N_("Time zone")), max_length=64,
        help_text=say_later(N_("Like Europe/Moscow. Empty = the one most people of the country live by.")),
        required=False, widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_time_zone(self) -> str:
        """Only zones that exist."""
        zone = self.cleaned_data["time_zone"]
        return clean_zone(zone) if zone.strip() else ""

    def clean(self) -> dict[str, Any]:
        """Know what to begin with."""
        found = super().clean() or {}
        found["text"] = found.get("other", "").strip() if found.get("preset") == "other" else found.get("preset", "")
        if found.get("preset") == "other" and not found["text"]:
            self.add_error("other", say(N_("Write which one.")))
        return found


class Upload(forms.Form):
    """A file with calendars, or with closed days."""

    file = forms.FileField(label=say_later(N_("File")))

    def clean_file(self) -> Any:
        """Small ones only."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(say(N_("The file is larger than 2 MB; no calendar is.")))
        return file


class FromDay(forms.Form):
    """The day on which something begins to hold."""

    begins = forms.DateField(
        label=say_later(N_("Valid from")), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_begins(self) -> date:
        """Years people live in."""
        begins: date = self.cleaned_data["begins"]
        if not 1970 <= begins.year <= 2100:
            raise forms.ValidationError(say(N_("Give a day between 1970 and 2100.")))
        return begins


class LastDay(FromDay):
    """The day from which something no longer holds."""

    begins = forms.DateField(
        label=say_later(N_("No longer from")), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class Country(forms.Form):
    """Whose public holidays to take over."""

    country = forms.CharField(label=say_later(N_("Country")), max_length=8)


class WhoWorksByWhich(forms.Form):
    """The default, and the teams with hours of their own."""

    default = forms.ChoiceField(label=say_later(N_("Everybody else, and requests nobody holds")))

    def __init__(self, book: CalendarBook, teams: list[str], *args: Any, **kwargs: Any) -> None:
        self.teams = teams
        names = [(id_, versions[-1].name or id_) for id_, versions in book.versions.items()]
        told: dict[str, Any] = {"default": book.default}
        told |= {f"team_{n}": book.team_calendars.get(team, "") for n, team in enumerate(teams)}
        super().__init__(*args, initial=told, **kwargs)
        self.fields["default"].choices = names  # type: ignore[attr-defined]
        for n, team in enumerate(teams):
            choices = [("", say(N_("like everybody else"))), *names]
            self.fields[f"team_{n}"] = forms.ChoiceField(label=team, required=False, choices=choices)

    def chosen(self) -> dict[str, str]:
        """The calendar of each team that has one of its own."""
        told = {team: self.cleaned_data[f"team_{n}"] for n, team in enumerate(self.teams)}
        return {team: id_ for team, id_ in told.items() if id_}
