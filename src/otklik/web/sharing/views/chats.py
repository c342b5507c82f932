"""Chats in Telegram: set up, tried out, changed, paused, removed; what became of every message."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.jobs.models import Job
from otklik.web.posting import ABOUT
from otklik.web.sharing import chatting
from otklik.web.sharing.chat_results import message_line
from otklik.web.sharing.forms import ChatForm
from otklik.web.sharing.models import Chat, ChatMessage
from otklik.web.sharing.models.chats import TRIAL
from otklik.web.words import say

SHOWN: Final = 30
_PAST: Final = {"pause": "paused", "resume": "resumed", "try": "tried", "remove": "removed"}
VERBS: Final = tuple(_PAST)
_UNDER_WAY: Final = (ChatMessage.DUE, ChatMessage.SENDING)


@require_http_methods(["GET", "POST"])
@needs(Right.SHARE)
def chat_make(request: HttpRequest) -> HttpResponse:
    """Set a chat up."""
    form = ChatForm(request.POST or None, initial={"about": list(ABOUT)})
    if request.method == "POST" and form.is_valid():
        made = Chat(made_by=request.user)
        _fill(made, form.cleaned_data)
        record(request, "chat.made", made, chat=made.chat, about=made.about)
        messages.success(request, say(N_("The chat is set up. Send a test message to see whether it arrives.")))
        return redirect("chat", chat_id=made.pk)
    return render(request, "sharing/chat_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Right.SHARE)
def chat(request: HttpRequest, chat_id: int) -> HttpResponse:
    """Show a chat and what became of its messages; change it."""
    found = Chat.objects.one_for(request.user, pk=chat_id)
    initial = {"name": found.name, "chat": found.chat, "about": found.about}
    form = ChatForm(request.POST or None, initial=initial, is_new=False)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        facts = {"chat": told["chat"], "chat_before": found.chat, "about": told["about"], "about_before": found.about}
        _fill(found, told)
        record(request, "chat.changed", found, **facts, new_token=bool(told["token"]))
        messages.success(request, say(N_("The chat is changed. Send a test message to see whether it arrives.")))
        return redirect("chat", chat_id=found.pk)
    lines = [message_line(one) for one in ChatMessage.objects.for_user(request.user).filter(to=found)[:SHOWN]]
    trial = next((line for line in lines if line.it.about == TRIAL), None)
    facts = {"chat": found, "form": form, "lines": lines, "trial": trial, "job": _job(request.user, trial)}
    return render(request, "sharing/chat.html", facts, status=422 if form.errors else 200)


@require_POST
@needs(Right.SHARE)
def chat_do(request: HttpRequest, chat_id: int, verb: str) -> HttpResponse:
    """Pause, resume, try out, remove."""
    found = Chat.objects.one_for(request.user, pk=chat_id)
    record(request, f"chat.{_PAST[verb]}", found, chat=found.chat)
    if verb == "remove":
        found.delete()
        messages.success(request, say(N_("Nothing is written to that chat any more, and its token is deleted.")))
        return redirect("digests")
    if verb == "try":
        _send(chatting.try_out(found), request.user)
    elif verb == "pause":
        found.pause()
        messages.success(
            request, say(N_("Nothing is written there until you resume; what happens meanwhile is left out."))
        )
    else:
        found.resume()
        messages.success(request, say(N_("Messages are written again.")))
    return redirect("chat", chat_id=found.pk)


@require_POST
@needs(Right.SHARE)
def chat_again(request: HttpRequest, message_id: int) -> HttpResponse:
    """Send again what did not arrive, or may not have."""
    found = ChatMessage.objects.one_for(request.user, pk=message_id)
    again = ChatMessage.objects.filter(pk=found.pk, state__in=(ChatMessage.FAILED, ChatMessage.UNSURE)).update(
        state=ChatMessage.DUE, next_at=timezone.now(), attempts=0, reason="", said="", code=None, ended_at=None
    )
    if again:
        record(request, "chat.repeated", found.to, occasion=found.key)
        _send(found, request.user)
    return redirect("chat", chat_id=found.to_id)


def _fill(found: Chat, told: dict[str, Any]) -> None:
    found.name, found.chat, found.about = told["name"].strip(), told["chat"], told["about"]
    if told["token"]:
        found.set_token(told["token"])
    found.save()


def _send(message: ChatMessage, user: Any) -> None:
    Job.add(chatting.WORK, {"message": message.pk}, key=f"{chatting.WORK}-{message.pk}", asked_by=user)


def _job(user: Any, trial: Any) -> Job | None:
    """The work on a trial that is under way, to be watched."""
    if trial is None or trial.it.state not in _UNDER_WAY:
        return None
    known = Job.objects.for_user(user).filter(kind=chatting.WORK, arguments={"message": trial.it.pk})
    return known.filter(state__in=(Job.QUEUED, Job.RUNNING)).first()
