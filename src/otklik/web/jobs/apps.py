"""The app as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """otklik.web.jobs."""

    name = "otklik.web.jobs"
    label = "jobs"
