"""The app as Django knows it."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """otklik.web.calendars."""

    name = "otklik.web.calendars"
    label = "calendars"
