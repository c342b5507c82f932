"""The rhythm of a cycle: the weekly check-in, the review in its middle, grading, the retrospective."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from otklik.base.text import N_
from otklik.web.access import Right, may, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import dependencies, honesty, in_secret, looking, practice, promises, rights, standing
from otklik.web.goals.agenda import agenda_of, in_ten_minutes, said_in
from otklik.web.goals.changing import hold, stamp, tell, write
from otklik.web.goals.forms.minutes import MOST_MINUTES, MinutesForm
from otklik.web.goals.forms.rhythm import CheckInForm, GradeForm, RetroForm, ReviewForm
from otklik.web.goals.models import (
    ACTIVE,
    CLOSED,
    CLOSING,
    CheckIn,
    Cycle,
    Grade,
    KeyResult,
    Minutes,
    Reading,
    RetroAnswer,
    RetroDone,
)
from otklik.web.goals.problems import ChangedBySomebody, WrongTime
from otklik.web.goals.stages import may_aim_anew
from otklik.web.goals.views.pages import cycle_for, facts_of, show
from otklik.web.moments import now, today
from otklik.web.words import say

LOOK_OR_SAY: Any = {"GET": Right.SEE, "POST": Right.OWN_GOALS}


@require_http_methods(["GET", "POST"])
@needs(LOOK_OR_SAY)
def week(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """The check-in: an agenda made from what is known, and a place to say what is not."""
    cycle = cycle_for(request, cycle_id)
    person = person_in(request)
    goals = standing.of_cycle(cycle, person)
    items = agenda_of(cycle, goals, person)
    is_short = request.GET.get("minutes") == "10"
    shown = in_ten_minutes(items) if is_short else items
    is_open = cycle.stage in (ACTIVE, CLOSING)
    posted = request.POST if request.method == "POST" else None
    form = CheckInForm(posted, items=() if not is_open else shown if posted is None else items)
    if posted is not None:
        _open(cycle, ACTIVE, CLOSING)
        shown = said_in(items, posted) if is_short else items
        if form.is_valid():
            n = _write_down(cycle, form, person)
            messages.success(request, say(N_("Written down: %(n)s."), n=n))
            return redirect("cycle", cycle_id=cycle.pk)
    facts = {
        "form": form, "items": shown, "is_short": is_short, "is_open": is_open, "left_out": len(items) - len(shown),
        "minutes": Minutes.objects.for_user(person).filter(cycle=cycle).select_related("by")[:MOST_MINUTES],
        "kinds": Minutes.KINDS, "may_say": is_open and bool(form.points),
    }  # fmt: skip
    facts |= promises.facts_of(cycle, person) | {"talked_of": dependencies.to_talk_of(cycle, person)}
    facts["sure"] = in_secret.invitation(cycle, goals, person)
    return show(request, "week", facts_of(request, cycle) | facts, form)


def _write_down(cycle: Cycle, form: CheckInForm, person: Any) -> int:
    told = form.cleaned_data
    with transaction.atomic():
        said = form.said()
        for row, facts in said:
            CheckIn(key_result=row, by=person, at=now(), day=today(), **facts).save()
        for one in form.health:
            value = told.get(f"health_{one.row.pk}")
            if value is not None:
                Reading(health=one.row, by=person, at=now(), day=today(), value=value).save()
        meeting = {name: told[name].strip() for name in ("decisions", "obstacles")}
        if form.points and any(meeting.values()):
            write(Minutes(cycle=cycle, kind=Minutes.WEEKLY, day=today(), by=person, at=now(), **meeting), person)
    return len(said)


@require_http_methods(["GET", "POST"])
@needs(LOOK_OR_SAY)
def middle(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """The review in the middle: each key result is kept, changed or given up, with a reason."""
    cycle = cycle_for(request, cycle_id)
    goals = standing.of_cycle(cycle, request.user)
    posted = request.POST if request.method == "POST" else None
    is_open = cycle.stage == ACTIVE
    forms = {
        part.row.pk: ReviewForm(posted, row=part.row, may_change=may_aim_anew(cycle))
        for one in goals if is_open and rights.may_change(request.user, one.row)
        for part in one.key_results if part.row.stopped_on is None
    }  # fmt: skip
    meeting, bad = MinutesForm(posted, kind=Minutes.MIDDLE), None
    if posted is not None:
        _open(cycle, ACTIVE)
        bad = next((form for form in (*forms.values(), meeting) if not form.is_valid()), None)
        if bad is None:
            with transaction.atomic():
                _open(hold(cycle), ACTIVE)
                rows = KeyResult.objects.select_related("objective__cycle", "owner").in_bulk(forms)
                for pk, form in forms.items():
                    _review(form, rows.get(pk), person_in(request))
                if forms:
                    meeting.keep(cycle, person_in(request))
            record(request, "cycle.reviewed", cycle)
            messages.success(request, say(N_("The review is written down.")))
            return redirect("cycle", cycle_id=cycle.pk)
    facts = {"goals": goals, "forms": forms, "is_open": is_open, "day": cycle.mid_review}
    facts |= meeting.facts(cycle, request.user)
    return show(request, "middle", facts_of(request, cycle) | facts, bad)


def _review(form: ReviewForm, row: KeyResult | None, person: Any) -> None:
    told = form.cleaned_data
    if not form.says_something:
        return
    if row is None or stamp(row) != form.stamp:
        raise ChangedBySomebody
    if told["wish"] == "change":
        row.target = told["target"]
        write(row, person, told["reason"])
    elif told["wish"] == "stop":
        row.stopped_on = today()
        write(row, person, told["reason"])
    elif told["reason"].strip():
        tell(row, "review", None, "keep", person, told["reason"])


@require_http_methods(["GET", "POST"])
@needs(LOOK_OR_SAY)
def grading(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Grading: the numbers suggest, people argue, what they come to is recorded."""
    cycle = cycle_for(request, cycle_id)
    goals = standing.of_cycle(cycle, request.user)
    posted = request.POST if request.method == "POST" else None
    is_open = cycle.stage == CLOSING
    forms = {
        part.row.pk: GradeForm(posted, part=part, due=cycle.school.committed_due_grade)
        for one in goals if is_open and rights.may_change(request.user, one.row)
        for part in one.key_results
    }  # fmt: skip
    meeting, bad = MinutesForm(posted, kind=Minutes.GRADING), None
    if posted is not None:
        _open(cycle, CLOSING)
        bad = next((form for form in (*forms.values(), meeting) if not form.is_valid()), None)
        if bad is None:
            with transaction.atomic():
                _open(hold(cycle), CLOSING)
                known = {one.key_result_id: one for one in Grade.objects.filter(key_result__in=forms)}
                for pk, form in forms.items():
                    _grade(form, known.get(pk), person_in(request))
                if forms:
                    meeting.keep(cycle, person_in(request))
            record(request, "cycle.graded", cycle)
            messages.success(request, say(N_("The grades are recorded.")))
            return redirect("goals_grading", cycle_id=cycle.pk)
        forms = {pk: form.as_it_stands() if form.is_left_alone else form for pk, form in forms.items()}
    facts = {"goals": goals, "forms": forms, "is_open": is_open, "day": cycle.closing_from}
    facts |= meeting.facts(cycle, request.user)
    facts["looks"] = looking.looks_of(one.row.pk for one in goals)
    return show(request, "grading", facts_of(request, cycle) | facts, bad)


def _grade(form: GradeForm, known: Grade | None, person: Any) -> None:
    told, part = form.cleaned_data, form.part
    if told["grade"] is None or form.is_left_alone:
        return
    if stamp(known) != stamp(part.recorded):
        raise ChangedBySomebody
    row = known or Grade(key_result=part.row)
    row.grade = float(told["grade"])
    row.argument, row.explanation = told["argument"].strip(), told["explanation"].strip()
    row.computed = None if part.grade.value is None else round(part.grade.value, 6)
    first = part.as_first_set
    row.as_first_set = None if first is None or first.value is None else round(first.value, 6)
    if row.pk is None:
        row.by, row.at = person, now()
    write(row, person, row.argument)


@require_http_methods(["GET", "POST"])
@needs(LOOK_OR_SAY)
def retro(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """The retrospective: five questions, answers without names; nothing tells who wrote which."""
    cycle = cycle_for(request, cycle_id)
    person = person_in(request)
    done = RetroDone.objects.for_user(person).filter(cycle=cycle).exists()
    posted = request.POST if request.method == "POST" else None
    named = posted if posted is not None and "minutes" in posted else None
    form = RetroForm(posted if named is None else None)
    meeting = MinutesForm(named, kind=Minutes.RETROSPECTIVE)
    if named is not None:
        _open(cycle, CLOSING)
        if meeting.is_valid():
            if meeting.keep(cycle, person):
                messages.success(request, say(N_("The minutes are written down.")))
            return redirect("goals_retro", cycle_id=cycle.pk)
    elif posted is not None:
        _open(cycle, CLOSING)
        if not done and form.is_valid():
            _answer(cycle, person, form.cleaned_data)
            messages.success(request, say(N_("Thank you. Your answers stand without your name.")))
            return redirect("goals_retro", cycle_id=cycle.pk)
        if done:
            return redirect("goals_retro", cycle_id=cycle.pk)
    people = cycle.retro_done.count()
    is_shown = people >= RetroAnswer.FEWEST
    answers = RetroAnswer.objects.for_user(person).filter(cycle=cycle) if is_shown else RetroAnswer.objects.none()
    facts = {
        "form": form, "done": done, "people": people, "fewest": RetroAnswer.FEWEST, "is_shown": is_shown,
        "may_answer": cycle.stage == CLOSING and not done and may(person, Right.OWN_GOALS),
        "stage_closed": cycle.stage == CLOSED, "honesty": honesty.of_cycle(cycle),
        "questions": [
            (question, [one.text for one in answers if one.question == name])
            for name, question in RetroAnswer.QUESTIONS.items()
        ],
    }  # fmt: skip
    facts |= meeting.facts(cycle, person) | practice.facts_of(cycle)
    facts["may_write"] = cycle.stage == CLOSING and may(person, Right.OWN_GOALS)
    wrong = None if posted is None else form if named is None else meeting
    return show(request, "retro", facts_of(request, cycle) | facts, wrong)


def _answer(cycle: Cycle, person: Any, told: dict[str, str]) -> None:
    try:
        with transaction.atomic():
            RetroDone(cycle=cycle, person=person).save()
            for name in RetroAnswer.QUESTIONS:
                if told[name].strip():
                    RetroAnswer(cycle=cycle, question=name, text=told[name].strip()).save()
    except IntegrityError:  # the same person in two windows
        return


def _open(cycle: Cycle, *stages: str) -> None:
    if cycle.stage not in stages:
        raise WrongTime(cycle=cycle.title)
