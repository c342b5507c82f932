"""Addresses of api."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from otklik.web.api.interface import urlpatterns as interface
from otklik.web.api.views import monitoring, webhooks


class Verb(StringConverter):
    """One of the verbs of a webhook."""

    regex = "|".join(webhooks.VERBS)


register_converter(Verb, "webhook_verb")
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", interface()),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<int:webhook_id>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:webhook_id>/<webhook_verb:verb>/", webhooks.webhook_do, name="webhook_do"),
    path("webhooks/calls/<int:delivery_id>/again/", webhooks.delivery_again, name="delivery_again"),
    path("health/live", monitoring.live, name="health_live"),
    path("health/ready", monitoring.ready, name="health_ready"),
    path("metrics", monitoring.metrics, name="metrics"),
]
