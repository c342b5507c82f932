"""What is promised: the list, one promise with its versions, the history."""

import hashlib
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.actions.cut_log import Shelf
from otklik.actions.known_values import known_values
from otklik.actions.look_at import look_at
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.charts import Speech
from otklik.schemas.results import TargetResult
from otklik.schemas.targets import Target
from otklik.schemas.views import View
from otklik.web.access import Right, may, needs
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import Company
from otklik.web.calendars import current, showing
from otklik.web.calendars.current import today
from otklik.web.calendars.forms import LastDay
from otklik.web.calendars.models import State
from otklik.web.calendars.promise_forms import AboutPromise, capital
from otklik.web.calendars.promises import ONLY, Promise, in_force, read_promises, write_promises
from otklik.web.calendars.views.history import history_facts
from otklik.web.remembering import remembered
from otklik.web.words import say, speech, words


@require_GET
@needs(Right.SEE)
def targets(request: HttpRequest) -> HttpResponse:
    """What is promised now, what begins later, what has ended."""
    return render(request, "calendars/targets.html", _list(request))


@require_GET
@needs(Right.SEE)
def targets_kept(request: HttpRequest) -> HttpResponse:
    """The same with how often each promise was kept so far."""
    facts = _list(request)
    told = speech()
    for row in facts["now"]:
        row["kept"] = kept(told, row["promise"])
    bare = bool(request.headers.get("HX-Request"))
    return render(request, "calendars/_promises.html" if bare else "calendars/targets.html", facts | {"is_told": True})


def _list(request: HttpRequest) -> dict[str, Any]:
    promises = read_promises(_text())
    held = in_force(promises, today())
    lines = {promise.line for promise in held}
    later = [one for one in promises if one.valid_from and one.valid_from > today() and not one.stopped]
    ended = sorted({one.line for one in promises} - lines - {one.line for one in later})
    return {
        "now": [promise_facts(one) for one in held],
        "later": [promise_facts(one) for one in later],
        "ended": [promise_facts([p for p in promises if p.line == n and not p.stopped][-1]) for n in ended],
        "may_rule": may(request.user, Right.RULE),
        "has_log": settings.DATA.log.exists(),
        "is_told": False,
    }


def promise_facts(promise: Promise) -> dict[str, Any]:
    """A promise in words."""
    told = speech()
    since = showing.day_text(told, promise.valid_from) if promise.valid_from else ""
    return {"promise": promise, "text": sentence(told, promise), "whom": whom(told, promise), "since": since}


def sentence(told: Speech, promise: Promise) -> str:
    """'First reply within 4 h for 90 % of requests'."""
    return say(
        N_("%(measure)s within %(time)s for %(share)s of requests"),
        measure=told.measure(promise.measure),
        time=told.length(promise.within_s, promise.clock),
        share=told.format.share(promise.share),
    )


def whom(told: Speech, promise: Promise) -> str:
    """'channel: email' or that it is for everybody."""
    limits = [f"{capital(told.slice(name))}: {value}" for name, value in promise.only.items()]
    return ", ".join(limits) or say(N_("for everybody"))


def kept(told: Speech, promise: Promise) -> dict[str, str]:
    """How often a promise was kept on all the records, with its interval."""
    try:
        result = measured(promise.target())
    except UserError as error:
        nobody = error.code == "unknown-column"
        return {"text": say(N_("no such requests yet")) if nobody else words().error(error), "tone": ""}
    return kept_text(told, result)


def shelf() -> Shelf:
    """The kept log by the hours in force."""
    return Shelf.of(settings.DATA.log, current.yardstick())


def measured(target: Target) -> TargetResult:
    """A promise against all the records; worked out once for each state of them."""
    now, zone = shelf(), Company.ours().time_zone
    key = hashlib.sha256(f"target {now.state} {zone} {target.model_dump_json()}".encode()).hexdigest()

    def measure() -> str:
        return look_at(now, View(), {"targets"}, zone=zone, targets=(target,)).targets[0].model_dump_json()

    return TargetResult.model_validate_json(remembered(key, measure))


def kept_text(told: Speech, result: TargetResult) -> dict[str, str]:
    """A share with its interval, and whether that keeps the promise."""
    if result.share is None or result.low is None or result.high is None:
        return {"text": say(N_("too early to say")), "tone": ""}
    text = say(
        N_("%(share)s (95 %% interval %(low)s–%(high)s)"),
        share=told.format.share(result.share),
        low=told.format.share(result.low),
        high=told.format.share(result.high),
    )
    verdict = {True: N_("kept"), False: N_("not kept"), None: N_("cannot be told yet")}[result.met]
    tone = {True: "good", False: "bad", None: ""}[result.met]
    return {"text": text, "tone": tone, "verdict": say(verdict)}


@require_http_methods(["GET", "POST"])
@needs(Right.RULE)
def target_new(request: HttpRequest) -> HttpResponse:
    """Promise something."""
    form = AboutPromise(request.POST or None)
    if request.method == "POST" and form.is_valid():
        promises = read_promises(_text())
        made = form.promise(max((one.line for one in promises), default=_highest_line()) + 1)
        if "check" in request.POST:
            return _page(request, form, checked=[made])
        _save(request, [*promises, made])
        return redirect("targets")
    return _page(request, form)


@require_http_methods(["GET", "POST"])
@needs(Right.RULE)
def target_line(request: HttpRequest, line: int) -> HttpResponse:
    """Change a promise from a day on, or what it has been since that day."""
    promises = read_promises(_text())
    versions = [one for one in promises if one.line == line]
    if not versions:
        raise Http404
    last = [one for one in versions if not one.stopped][-1]
    form = AboutPromise(request.POST or None, promise=last)
    if request.method == "POST" and form.is_valid():
        made = form.promise(line)
        if "check" in request.POST:
            return _page(request, form, line, versions, [last, made])
        others = [one for one in promises if (one.line, one.valid_from) != (line, made.valid_from)]
        _save(request, [*others, made])
        return redirect("targets")
    return _page(request, form, line, versions)


@require_POST
@needs(Right.RULE)
def target_stop(request: HttpRequest, line: int) -> HttpResponse:
    """Promise it no longer, from a day on; or never have promised it."""
    promises = read_promises(_text())
    versions = [one for one in promises if one.line == line]
    if not versions:
        raise Http404
    others = [one for one in promises if one.line != line]
    if "never" in request.POST:
        _save(request, others)
        return redirect("targets")
    form = LastDay(request.POST)
    if not form.is_valid():
        last = [one for one in versions if not one.stopped][-1]
        return _page(request, AboutPromise(promise=last), line, versions, stop=form)
    begins = form.cleaned_data["begins"]
    before = [one for one in versions if one.valid_from is None or one.valid_from < begins]
    end = [before[-1].model_copy(update={"valid_from": begins, "stopped": True})] if before else []
    _save(request, [*others, *before, *end])
    return redirect("targets")


def _page(
    request: HttpRequest,
    form: AboutPromise,
    line: int | None = None,
    versions: list[Promise] | None = None,
    checked: list[Promise] | None = None,
    stop: LastDay | None = None,
) -> HttpResponse:
    told = speech()
    facts = {
        "form": form, "line": line, "stop": stop or LastDay(initial={"begins": today()}), "known": _known(),
        "versions": [promise_facts(one) for one in versions or []], "number": _number(),
        "checked": [promise_facts(one) | {"kept": kept(told, one)} for one in checked or []],
        "has_log": settings.DATA.log.exists(),
    }  # fmt: skip
    wrong = bool(form.errors) or bool(stop and stop.errors)
    return render(request, "calendars/target.html", facts, status=422 if wrong else 200)


def _known() -> list[tuple[str, list[str]]]:
    """What the records tell requests apart by, to choose from."""
    try:
        found = known_values(shelf(), ONLY)
    except UserError:
        found = {}
    return [(name, found.get(name, [])) for name in ONLY]


def _save(request: HttpRequest, promises: list[Promise], back_to: State | None = None) -> None:
    """Put promises in force after the state the page was made from; raise ChangedMeanwhile."""
    told = request.POST.get("after", "")
    after = int(told) if told.isdigit() and len(told) < 10 else -1
    before, text = _text(), write_promises(promises)
    state = State.put_in_force(State.TARGETS, text, request.user, after=after, back_to=back_to)
    if state is not None:
        record(
            request, "targets.changed", state, before=before, after=text, back_to=back_to.number if back_to else None
        )
        messages.success(request, say(N_("Saved. The state before stays in the history.")))


def _text() -> str:
    state = State.newest(State.TARGETS)
    return state.text if state else ""


def _number() -> int:
    state = State.newest(State.TARGETS)
    return state.number if state else 0


def _highest_line() -> int:
    """Numbers of lines are not used twice, not even after one was taken away."""
    texts = State.objects.filter(kind=State.TARGETS).values_list("text", flat=True)
    return max((one.line for text in texts for one in read_promises(text)), default=0)


@require_GET
@needs(Right.SEE)
def target_history(request: HttpRequest) -> HttpResponse:
    """Who changed what, from what to what."""
    facts = history_facts(request, State.TARGETS)
    numbers = [one["state"].number for one in facts["states"]]
    texts = dict(
        State.objects.filter(kind=State.TARGETS, number__in=[*numbers, *(n - 1 for n in numbers)])
        .values_list("number", "text")
    )  # fmt: skip
    for one in facts["states"]:
        number = one["state"].number
        one["changes"] = differences(read_promises(texts.get(number - 1, "")), read_promises(texts[number]))
    return render(request, "calendars/target_history.html", facts | {"may_rule": may(request.user, Right.RULE)})


def differences(before: list[Promise], after: list[Promise]) -> list[dict[str, str]]:
    """What became of each version of each promise: what it was, what it is."""
    told = speech()

    def key(promise: Promise) -> tuple[int, date]:
        return promise.line, promise.valid_from or date.min

    old, new = ({key(one): one for one in side} for side in (before, after))
    return [
        {"before": _said(told, old.get(one)), "after": _said(told, new.get(one))}
        for one in sorted({*old, *new})
        if old.get(one) != new.get(one)
    ]


def _said(told: Speech, promise: Promise | None) -> str:
    if promise is None:
        return ""
    since = showing.day_text(told, promise.valid_from) if promise.valid_from else say(N_("since ever"))
    if promise.stopped:
        return say(N_("%(what)s: no longer promised from %(day)s"), what=sentence(told, promise), day=since)
    since = say(N_("from %(day)s"), day=since) if promise.valid_from else since
    clock = say(N_("in working time")) if promise.clock == "business" else say(N_("in calendar time"))
    return "; ".join((sentence(told, promise), whom(told, promise), clock, since))


@require_POST
@needs(Right.RULE)
def target_back(request: HttpRequest, number: int) -> HttpResponse:
    """Put the promises of an older state in force again."""
    state = State.objects.one_for(request.user, kind=State.TARGETS, number=number)
    _save(request, read_promises(state.text), back_to=state)
    return redirect("targets")
