"""The app as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """otklik.web.api."""

    name = "otklik.web.api"
    label = "api"
