"""Addresses of hours and promises."""

from datetime import date

from django.urls import URLPattern, path, register_converter

from otklik.web.calendars.views import changes, editing, history, targets, year


class Day:
    """A date in an address: 2026-05-09, in years people live in."""

    regex = "(?:19[7-9][0-9]|20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Read it; a ValueError means 'no such page'."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write it."""
        return value.isoformat()


register_converter(Day, "day")
urlpatterns: list[URLPattern] = [
    path("", year.calendars, name="calendars"),
    path("day/<day:day>/", year.calendar_day, name="calendar_day"),
    path("new/", editing.calendar_new, name="calendar_new"),
    path("upload/", editing.calendar_upload, name="calendar_upload"),
    path("version/<int:n>/", editing.calendar_version, name="calendar_version"),
    path("version/<int:n>/holidays/", editing.calendar_holidays, name="calendar_holidays"),
    path("version/<int:n>/drop/", editing.calendar_version_drop, name="calendar_version_drop"),
    path("version/new/", editing.calendar_version_new, name="calendar_version_new"),
    path("drop/", editing.calendar_drop, name="calendar_drop"),
    path("teams/", editing.calendar_teams, name="calendar_teams"),
    path("changes/", changes.calendar_changes, name="calendar_changes"),
    path("changes/measure/", changes.calendar_measure, name="calendar_measure"),
    path("changes/force/", changes.calendar_force, name="calendar_force"),
    path("changes/forget/", changes.calendar_forget, name="calendar_forget"),
    path("history/", history.calendar_history, name="calendar_history"),
    path("history/<int:number>/", history.calendar_state, name="calendar_state"),
    path("history/<int:number>/hours.toml", history.calendar_file, name="calendar_file"),
    path("history/<int:number>/back/", history.calendar_back, name="calendar_back"),
    path("targets/", targets.targets, name="targets"),
    path("targets/kept/", targets.targets_kept, name="targets_kept"),
    path("targets/new/", targets.target_new, name="target_new"),
    path("targets/<int:line>/", targets.target_line, name="target_line"),
    path("targets/<int:line>/stop/", targets.target_stop, name="target_stop"),
    path("targets/history/", targets.target_history, name="target_history"),
    path("targets/history/<int:number>/back/", targets.target_back, name="target_back"),
]
