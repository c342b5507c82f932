"""What can be wrong with a calendar, each with the place and the rule it breaks."""

from otklik.base.errors import UserError
from otklik.base.text import N_


class OutOfRange(UserError):
    """An instant outside the compiled clock: facts `at`, `start`, `end`."""

    code = "clock-out-of-range"
    message = N_("The working hours at %(at)s are not known: the clock covers %(start)s to %(end)s.")
    hint = N_("Compile the calendar for the whole range of the log.")


class YearsUnknown(UserError):
    """A calendar whose holidays are known for some years only: facts `calendar`, `first`, `last`, `year`."""

    code = "calendar-years-unknown"
    message = N_(
        "Calendar %(calendar)s knows the holidays of %(first)s-%(last)s only, but the year %(year)s is needed."
    )
    hint = N_("Give a calendar file with those years, or plain hours such as 'mon-fri 9-18 Europe/Moscow'.")


class CalendarStartsLater(UserError):
    """The first version of a calendar begins after the moment asked for: facts `calendar`, `valid_from`, `day`."""

    code = "calendar-starts-later"
    message = N_("Calendar %(calendar)s begins on %(valid_from)s, but the hours of %(day)s are needed.")
    hint = N_("Leave valid_from out of the first version, or add an earlier version.")


class NeverOpens(UserError):
    """There is not that much open time: facts `calendar`."""

    code = "calendar-never-opens"
    message = N_("Calendar %(calendar)s never has that much open time.")
    hint = N_("Check its weekly hours.")


class UnknownTimeZone(UserError):
    """A zone that the IANA database does not have: facts `zone`."""

    code = "unknown-time-zone"
    message = N_("%(zone)s is not a time zone.")
    hint = N_("Use an IANA name such as Europe/Moscow or UTC.")


class UnknownCalendarText(UserError):
    """A --calendar that is neither a file nor a preset: facts `text`."""

    code = "unknown-calendar"
    message = N_("%(text)s is neither a calendar file nor the name of a calendar.")
    hint = N_("Use 24x7, ru, a country code such as de, hours such as 'mon-fri 9-18 Europe/Moscow', or a TOML file.")


class UnknownCountry(UserError):
    """A country or region whose holidays nobody has told us: facts `country`."""

    code = "unknown-country"
    message = N_("The public holidays of %(country)s are not known.")
    hint = N_("Use a code such as ru, de or DE-BY, or list the holidays yourself.")


class ZoneNeeded(UserError):
    """A country with several time zones: facts `country`, `zones`."""

    code = "zone-needed"
    message = N_("%(country)s has several time zones.")
    hint = N_("Name one, for instance: '%(country)s %(zones)s'.")


class BadHours(UserError):
    """Hours nobody can read: facts `text`."""

    code = "bad-hours"
    message = N_("%(text)s is not opening hours.")
    hint = N_("Write them like 09:00-18:00; 22:00-06:00 runs into the next day, 24:00 is the end of the day.")


class BadDays(UserError):
    """Weekdays nobody can read: facts `text`."""

    code = "bad-days"
    message = N_("%(text)s is not a weekday.")
    hint = N_("Write them like mon, mon-fri or mon,wed,fri.")


class CalendarFileError(UserError):
    """Something in a calendar file breaks a rule; every kind has facts `file`, `line` and `key`."""

    code = "calendar-file"


class NotToml(CalendarFileError):
    """Facts also `reason`."""

    code = "calendar-not-toml"
    message = N_("%(file)s, line %(line)s: this is not TOML: %(reason)s.")
    hint = N_('Texts and times stand in quotes: "09:00-18:00".')


class UnknownKey(CalendarFileError):
    """Facts also `known`."""

    code = "calendar-unknown-key"
    message = N_("%(file)s, line %(line)s: %(key)s is not a known setting.")
    hint = N_("Known here: %(known)s.")


class WrongType(CalendarFileError):
    """Facts also `wanted`, an example of what is."""

    code = "calendar-wrong-type"
    message = N_("%(file)s, line %(line)s: %(key)s must be written differently.")
    hint = N_("For instance: %(wanted)s")


class MissingKey(CalendarFileError):
    """Something every calendar needs is not there."""

    code = "calendar-missing-key"
    message = N_("%(file)s, line %(line)s: %(key)s is missing.")
    hint = N_(
        "A calendar needs time_zone and weekly hours; a file needs at least one [calendars.NAME], "
        "and with several of them says which one is the default."
    )


class BadValue(CalendarFileError):
    """Facts also `value`, which breaks the `rule` (a catalogue key)."""

    code = "calendar-bad-value"
    message = N_("%(file)s, line %(line)s: %(key)s = %(value)s: %(rule)s")


class OverlappingHours(CalendarFileError):
    """Two slots of a day overlap: facts also `value`."""

    code = "calendar-overlapping-hours"
    message = N_("%(file)s, line %(line)s: the hours of %(key)s overlap: %(value)s.")
    hint = N_("Join them into one.")


class UnknownCalendar(CalendarFileError):
    """`default` or a team names a calendar that is not in the file: facts also `value`, `known`."""

    code = "calendar-not-in-file"
    message = N_("%(file)s, line %(line)s: there is no calendar %(value)s here.")
    hint = N_("The file has: %(known)s.")


class VersionsOutOfOrder(CalendarFileError):
    """Versions of a calendar must follow each other by valid_from."""

    code = "calendar-versions-order"
    message = N_("%(file)s, line %(line)s: every version of %(key)s after the first needs a later valid_from.")
    hint = N_("Sort the [[calendars.%(key)s]] blocks by valid_from, each day once.")


class HolidayFileUnreadable(CalendarFileError):
    """An iCal file named by a calendar: facts also `value`, `reason`."""

    code = "calendar-holiday-file"
    message = N_("%(file)s, line %(line)s: the holidays in %(value)s cannot be read: %(reason)s.")
    hint = N_("Give an iCalendar file (.ics); the path counts from the calendar file.")
