"""By which numbers and rules goals are judged, and the company's own ones."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from otklik.actions.coach_goals import list_rules
from otklik.actions.school_of_goals import known_schools, limits_of_rules
from otklik.base.text import N_
from otklik.schemas.coach import RULE_KINDS
from otklik.schemas.school_words import LIMITS, NUMBERS, SAID_BY
from otklik.web.access import Right, may, needs
from otklik.web.accounts.audit import record
from otklik.web.goals import models, schools
from otklik.web.goals.forms.schools import SchoolForm
from otklik.web.goals.schools_told import SCHOOL_NAMES, of_number, own_text
from otklik.web.goals.views.pages import show
from otklik.web.words import count, say, words

LOOK_OR_SET: Any = {"GET": Right.SEE, "POST": Right.GOALS}
MOST_VERSIONS = 30


@require_http_methods(["GET", "POST"])
@needs(LOOK_OR_SET)
def goals_school(request: HttpRequest) -> HttpResponse:
    """Every number with what the schools say of it, every rule with its limits; who runs cycles may change them."""
    form = SchoolForm(request.POST if request.method == "POST" else None, own=schools.newest())
    if request.method == "POST" and form.is_valid():
        followed = schools.keep(form.cleaned_data["own"], request.user)
        record(request, "goals.school_set")
        messages.success(request, _said(followed))
        return redirect("goals_school")
    facts = {
        "form": form, "may_run": may(request.user, Right.GOALS), "numbers": _numbers(form), "rules": _rules(form),
        "schools": [SCHOOL_NAMES[name] for name in known_schools()],
        "versions": models.School.objects.for_user(request.user).select_related("by")[:MOST_VERSIONS],
        "own_text": own_text,
    }  # fmt: skip
    return show(request, "school", facts, form if request.method == "POST" else None)


def _said(followed: int) -> str:
    if not followed:
        return say(N_("Saved. No cycle follows your own school yet: choose it in the form of a cycle."))
    return count("Saved; %(n)s cycle follows it.", "Saved; %(n)s cycles follow it.", followed)


def _numbers(form: SchoolForm) -> list[dict[str, Any]]:
    known = known_schools()
    return [
        {
            "field": form[f"number_{name}"], "label": told.label, "own": _own(form, name),
            "values": [of_number(told, getattr(school, name)) for school in known.values()],
            "source": SAID_BY[name],
        }
        for name, told in NUMBERS.items()
    ]  # fmt: skip


def _rules(form: SchoolForm) -> list[dict[str, Any]]:
    """Kind by kind."""
    limits = limits_of_rules()
    found: dict[str, list[dict[str, Any]]] = {}
    for rule in list_rules(words()):
        told = {
            "rule": rule, "field": form[f"rule_{rule.rule}"], "is_on": rule.rule not in form.own.off,
            "limits": [
                {"field": form[f"limit_{name}"], "usual": of_number(LIMITS[name], usual)}
                for name, usual in limits[rule.rule].items()
            ],
        }  # fmt: skip
        found.setdefault(rule.kind, []).append(told)
    return [
        {"title": RULE_KINDS[kind], "rules": rows, "is_changed": any(_is_changed(form, one) for one in rows)}
        for kind, rows in found.items()
    ]  # type: ignore[index]


def _own(form: SchoolForm, name: str) -> str:
    return of_number(NUMBERS[name], form.own.changes[name]) if name in form.own.changes else ""


def _is_changed(form: SchoolForm, one: dict[str, Any]) -> bool:
    names = {limit["field"].name.removeprefix("limit_") for limit in one["limits"]}
    return not one["is_on"] or bool(names & form.own.limits.keys()) or any(one["field"].errors)
