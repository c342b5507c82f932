"""Pages about calls out: who is told what, and what came of every call."""

from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.announcing import EVENTS
from otklik.web.api import delivering
from otklik.web.api.forms import NewWebhook
from otklik.web.api.models.webhooks import Delivery, Webhook, new_secret
from otklik.web.words import say

SHOWN: Final = 50
STATES: Final = {
    Delivery.WAITING: N_("waits"),
    Delivery.DONE: N_("arrived"),
    Delivery.DEAD: N_("never delivered"),
}
REASONS: Final = {
    "timeout": N_("no answer in time"),
    "name": N_("nobody knows the name"),
    "address-refused": N_("the address leads into a network that is not public"),
    "vault-broken": N_("the secret cannot be opened: enter a new one"),
    "ConnectionRefusedError": N_("nobody listens there"),
    "SSLError": N_("the certificate is not valid"),
    "SSLCertVerificationError": N_("the certificate is not valid"),
}
NO_ANSWER: Final = N_("the connection broke off")
ALL_EVENTS: Final = {**EVENTS, delivering.TRIAL: N_("A trial")}


@require_http_methods(["GET", "POST"])
@needs(Right.TOKENS)
def webhooks(request: HttpRequest) -> HttpResponse:
    """List whom we tell; add one, whose secret is shown this once."""
    form = NewWebhook(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = new_secret()
        made = Webhook(url=form.cleaned_data["url"], events=form.cleaned_data["events"], made_by=request.user)
        made.set_secret(secret)
        made.save()
        record(request, "webhook.made", made.pk, url=made.url, events=made.events)
        return _page(request, made, secret=secret)
    found = Webhook.objects.for_user(request.user)
    return render(
        request, "api/webhooks.html", {"form": form, "webhooks": found, "names": ALL_EVENTS},
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_GET
@needs(Right.TOKENS)
def webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Show one of them and its latest calls."""
    return _page(request, Webhook.objects.one_for(request.user, pk=webhook_id))


@require_POST
@needs(Right.TOKENS)
def webhook_do(request: HttpRequest, webhook_id: int, verb: str) -> HttpResponse:
    """Pause, resume, try out, give a new secret, delete."""
    found = Webhook.objects.one_for(request.user, pk=webhook_id)
    record(request, f"webhook.{_PAST[verb]}", found.pk, url=found.url)
    if verb == "renew":
        secret = new_secret()
        found.set_secret(secret)
        found.save(update_fields=["sealed_secret"])
        return _page(request, found, secret=secret)
    if verb == "delete":
        found.delete()
        messages.success(request, say(N_("That address is called no more.")))
        return redirect("webhooks")
    _DO[verb](found)
    messages.success(request, say(_DONE[verb]))
    return redirect("webhook", webhook_id=found.pk)


@require_POST
@needs(Right.TOKENS)
def delivery_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Make a call once more."""
    found = Delivery.objects.one_for(request.user, pk=delivery_id)
    record(request, "webhook.repeated", found.webhook_id, delivery=found.number)
    found.again()
    delivering.ask_to_send()
    messages.success(request, say(N_("It will be called again in a moment.")))
    return redirect("webhook", webhook_id=found.webhook_id)


_PAST: Final = {
    "pause": "paused", "resume": "resumed", "try": "tried", "renew": "renewed", "delete": "deleted",
}  # fmt: skip
VERBS: Final = tuple(_PAST)
_DO: Final[dict[str, Any]] = {"pause": Webhook.pause, "resume": Webhook.resume, "try": delivering.try_out}
_DONE: Final = {
    "pause": N_("Nobody is called there until you resume. What happens meanwhile waits."),
    "resume": N_("Calls go out again."),
    "try": N_("A trial call goes out in a moment. Load the page again to see what came of it."),
}


def _page(request: HttpRequest, found: Webhook, *, secret: str = "") -> HttpResponse:
    deliveries = Delivery.objects.for_user(request.user).filter(webhook=found)[:SHOWN]
    return render(request, "api/webhook.html", {
        "webhook": found, "secret": secret, "names": ALL_EVENTS, "deliveries": [_row(one) for one in deliveries],
            "host": urlsplit(found.url).hostname or found.url,
    })  # fmt: skip


def _row(delivery: Delivery) -> dict[str, Any]:
    error = say(REASONS.get(delivery.error, NO_ANSWER)) if delivery.error else ""
    return {"it": delivery, "state": say(STATES[delivery.state]), "error": error}
