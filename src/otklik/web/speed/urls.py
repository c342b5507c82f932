"""Addresses of the dashboards and of single requests."""

from django.urls import path

from otklik.web.speed import views
from otklik.web.speed.pages import DASHBOARDS

urlpatterns = [
    *(path(f"{name.replace('_', '-')}/", views.dashboard(page), name=name) for name, page in DASHBOARDS.items()),
    path("part/<slug:name>/", views.part, name="part"),
    path("comparison/", views.comparison, name="comparison"),
    path("requests/", views.requests, name="requests"),
    path("requests/<str:source>/<path:number>", views.one_request, name="one_request"),
]
