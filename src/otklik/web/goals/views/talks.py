"""Between people: notes for talks of two, questions and answers about one's work, thanks."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.asking import person_in
from otklik.web.goals.forms.talks import Answer, AskFeedback, GiveThanks, WriteNote
from otklik.web.goals.models import Feedback, Note, Objective, Thanks
from otklik.web.goals.views.pages import show
from otklik.web.moments import now
from otklik.web.words import say

MOST: int = 100
_FORMS: dict[str, Any] = {"note": WriteNote, "feedback": AskFeedback, "thanks": GiveThanks}


@require_http_methods(["GET", "POST"])
@needs(Right.SEE)
def talks(request: HttpRequest) -> HttpResponse:
    """What two people keep for their talks; nobody else sees notes and answers."""
    person = person_in(request)
    kind = request.POST.get("kind", "") if request.method == "POST" else ""
    forms = {
        name: form(request.POST if name == kind else None, user=person, prefix=name) for name, form in _FORMS.items()
    }
    if kind in forms and forms[kind].is_valid():
        _write(kind, forms[kind].cleaned_data, person)
        messages.success(request, say(N_("Saved.")))
        return redirect("goals_talks")
    notes = Note.objects.for_user(person).select_related("by", "with_whom", "about")[:MOST]
    asked = Feedback.objects.for_user(person).select_related("asked_by", "asked", "about")[:MOST]
    facts = {
        "forms": forms,
        "notes": notes, "asked": asked, "seen": _seen(person, [*notes, *asked]),
        "thanks": Thanks.objects.for_user(person).select_related("by", "to", "key_result")[:MOST],
        "me": person,
    }  # fmt: skip
    return show(request, "talks", facts, forms.get(kind))


def _seen(person: Any, talks: Iterable[Note | Feedback]) -> set[int]:
    """Which of the goals they are about this person may see: one may have become personal since."""
    about = {one.about_id for one in talks if one.about_id}
    return set(Objective.objects.for_user(person).filter(pk__in=about).values_list("pk", flat=True))


def _write(kind: str, given: dict[str, Any], person: Any) -> None:
    if kind == "note":
        Note(by=person, with_whom=given["person"], about=given["about"], text=given["text"], at=now()).save()
    elif kind == "feedback":
        question = given["question"]
        Feedback(asked_by=person, asked=given["person"], about=given["about"], question=question, asked_at=now()).save()
    else:
        Thanks(by=person, to=given["person"], key_result=given["key_result"], text=given["text"], at=now()).save()


@require_POST
@needs(Right.SEE)
def note_settled(request: HttpRequest, note_id: int) -> HttpResponse:
    """They have talked about it."""
    found = Note.objects.one_for(request.user, pk=note_id)
    Note.objects.filter(pk=found.pk, settled_at=None).update(settled_at=now())
    return redirect("goals_talks")


@require_http_methods(["GET", "POST"])
@needs(Right.SEE)
def feedback_answer(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """Answer a question that one was asked; an answer stands once it is given."""
    found = Feedback.objects.select_related("asked_by", "about").one_for(request.user, pk=feedback_id)
    if found.asked != person_in(request) or found.answered_at is not None:
        raise Http404
    form = Answer(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = {"answer": form.cleaned_data["answer"], "answered_at": now()}
        Feedback.objects.filter(pk=found.pk, answered_at=None).update(**told)
        messages.success(request, say(N_("Your answer is with them.")))
        return redirect("goals_talks")
    facts = {"form": form, "feedback": found, "seen": _seen(request.user, [found])}
    return show(request, "answer", facts, form if request.method == "POST" else None)
