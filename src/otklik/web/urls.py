"""Every address of the application."""

from django.urls import include, path

from otklik.web import home
from otklik.web.mounting import mount

mount()
urlpatterns = [
    path("", home.home, name="home"),
    path("theme.css", home.theme, name="theme"),
    path("language/", home.language, name="language"),
    path("account/", include("otklik.web.accounts.login_urls")),
    path("", include("otklik.web.accounts.urls")),
    path("", include("otklik.web.speed.urls")),
    path("data/", include("otklik.web.sources.urls")),
    path("hours/", include("otklik.web.calendars.urls")),
    path("goals/", include("otklik.web.goals.urls")),
    path("take/", include("otklik.web.sharing.urls")),
    path("jobs/", include("otklik.web.jobs.urls")),
    path("", include("otklik.web.api.urls")),
]
handler400 = "otklik.web.errors.bad_request"
handler403 = "otklik.web.errors.refused"
handler404 = "otklik.web.errors.not_found"
handler500 = "otklik.web.errors.broken"
