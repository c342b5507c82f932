"""Pages about people."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from otklik.web.access import open_to_all
from otklik.web.accounts.forms.welcome import FirstOwner
from otklik.web.accounts.models import User
from otklik.web.accounts.owners import first_owner as make_first_owner
from otklik.web.words import language

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "POST"])
@open_to_all
def first_owner(request: HttpRequest) -> HttpResponse:
    """Ask for the owner's account; there is no such page once there is one."""
    if User.objects.exists():
        return redirect("home")
    form = FirstOwner(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        owner = make_first_owner(
            told["email"], told["password"],
            language=language(), name=told["company"], time_zone=told["time_zone"],
        )  # fmt: skip
        if owner is not None:
            login(request, owner, backend=BACKEND)
        return redirect("home")
    return render(request, "accounts/first_owner.html", {"form": form}, status=422 if form.errors else 200)
