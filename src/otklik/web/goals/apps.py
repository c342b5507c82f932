"""The app as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """otklik.web.goals."""

    name = "otklik.web.goals"
    label = "goals"

    def ready(self) -> None:
        """Listen to what happens to teams."""
        import_module("otklik.web.goals.signals")
