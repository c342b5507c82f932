"""What the company calls its goals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import Company
from otklik.web.goals.forms.words import WordsForm
from otklik.web.goals.views.pages import show
from otklik.web.vocabulary import Vocabulary
from otklik.web.words import say


@require_http_methods(["GET", "POST"])
@needs(Right.WORDS)
def goals_words(request: HttpRequest) -> HttpResponse:
    """Choose the words; everybody reads them from the next page on."""
    ours = Company.ours()
    before = Vocabulary.read(ours.vocabulary)
    form = WordsForm(request.POST if request.method == "POST" else None, now=before)
    if request.method == "POST" and form.is_valid():
        after = form.vocabulary
        if after != before:
            ours.vocabulary = after.kept()
            ours.save(update_fields=["vocabulary"])
            record(request, "goals.words-set", before=before.kept(), after=after.kept())
        messages.success(request, say(N_("Saved.")))
        return redirect("goals_words")
    return show(request, "words", {"form": form}, form if request.method == "POST" else None)
