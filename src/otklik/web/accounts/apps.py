"""The app as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """otklik.web.accounts."""

    name = "otklik.web.accounts"
    label = "accounts"
