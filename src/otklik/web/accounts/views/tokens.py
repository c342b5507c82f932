"""Tokens of programs."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.accounts.forms.company import SCOPE_NAMES, NewToken
from otklik.web.accounts.models import ApiToken, Scope
from otklik.web.words import say


@require_http_methods(["GET", "POST"])
@needs(Right.TOKENS)
def tokens(request: HttpRequest) -> HttpResponse:
    """List tokens; make one, whose text is shown this once."""
    form = NewToken(request.POST or None, user=person_in(request))
    made, text = None, ""
    if request.method == "POST" and form.is_valid():
        scopes = [Scope(scope) for scope in form.cleaned_data["scopes"]]
        made, text = ApiToken.make(person_in(request), form.cleaned_data["name"], scopes, form.valid_for)
        record(request, "token.made", made.name, scopes=made.scopes, beginning=made.beginning)
        form = NewToken(user=person_in(request))
    found = ApiToken.objects.for_user(request.user).select_related("owner")
    return render(request, "accounts/tokens.html", {
        "form": form, "tokens": found, "made": made, "text": text, "now": timezone.now(),
            "address": settings.BASE_URL,
        "scope_names": {scope.value: name for scope, name in SCOPE_NAMES.items()},
    }, status=422 if form.errors else 200)  # fmt: skip


@require_POST
@needs(Right.TOKENS)
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token for good."""
    found = ApiToken.objects.one_for(request.user, pk=token_id)
    found.revoke()
    record(request, "token.revoked", found.name, owner=found.owner.email)
    messages.success(request, say(N_("The token no longer opens anything.")))
    return redirect("tokens")
