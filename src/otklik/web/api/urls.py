"""Addresses of api."""

from django.urls import URLPattern, URLResolver, path

from otklik.web.api.interface import urlpatterns as interface

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", interface()),
]
