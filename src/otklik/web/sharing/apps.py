"""The app as Django knows it."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """otklik.web.sharing."""

    name = "otklik.web.sharing"
    label = "sharing"
