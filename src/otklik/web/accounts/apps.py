"""The app as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """otklik.web.accounts."""

    name = "otklik.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to log-in and what belongs to it."""
        import_module("otklik.web.accounts.signals")
