"""Addresses of background work."""

from django.urls import path

from otklik.web.jobs import views

urlpatterns = [path("<int:job_id>/", views.progress, name="job_progress")]
