"""What holds for the whole company."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.accounts.forms.company import AboutCompany
from otklik.web.accounts.models import Company
from otklik.web.words import say


@require_http_methods(["GET", "POST"])
@needs(Right.COMPANY)
def company(request: HttpRequest) -> HttpResponse:
    """Name, zone, language, second step, how long requests are kept."""
    form = AboutCompany(request.POST or None, instance=Company.ours())
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        form.save()
        record(request, "company.changed", **changed)
        messages.success(request, say(N_("Saved.")))
        return redirect("company")
    return render(request, "accounts/company.html", {"form": form}, status=422 if form.errors else 200)
