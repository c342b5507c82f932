"""The app as Django knows it."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """otklik.web.sources."""

    name = "otklik.web.sources"
    label = "sources"
