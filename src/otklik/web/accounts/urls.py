"""Addresses of people, teams, tokens, the audit trail."""

from django.urls import path

from otklik.web.accounts import views

urlpatterns = [path("welcome/", views.first_owner, name="first_owner")]
