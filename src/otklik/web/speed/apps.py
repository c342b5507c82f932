"""The app as Django knows it."""

from django.apps import AppConfig


class SpeedConfig(AppConfig):
    """otklik.web.speed."""

    name = "otklik.web.speed"
    label = "speed"
