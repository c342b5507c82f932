"""Targets missed and requests that wait too long are told once, and again only when they had been well."""

import pytest

from otklik.schemas.targets import Target
from otklik.store import ServiceStore
from otklik.web.api import watching
from otklik.web.api.models import Watch, Webhook
from otklik.web.api.models.webhooks import new_secret
from otklik.web.calendars import current
from otklik.web.jobs.models import Job

pytestmark = pytest.mark.django_db
QUICK = Target(measure="first_reply", within_s=60, share=0.99)


@pytest.fixture
def wanting(measured: ServiceStore, company: object, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = Webhook(url="http://example.org/", events=["target.missed", "request.waiting-too-long"])
    hook.set_secret(new_secret())
    hook.save()
    promise(monkeypatch, QUICK)
    last = measured.snapshot().sources[0].horizon.date()
    monkeypatch.setattr(current, "today", lambda: last)


def promise(monkeypatch: pytest.MonkeyPatch, *targets: Target) -> None:
    monkeypatch.setattr(current, "targets", lambda: targets)


def told(event: str) -> list[dict]:
    return [job.arguments["facts"] for job in Job.objects.filter(kind="announce") if job.arguments["event"] == event]


@pytest.mark.usefixtures("wanting")
def test_what_is_amiss_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        watching.watch()
    (late,) = told("request.waiting-too-long")
    assert sorted(one["request"] for one in late["requests"]) == ["W0", "W1"]
    assert {one["within_s"] for one in late["requests"]} == {60}
    assert min(one["waited_s"] for one in late["requests"]) >= 3600
    (missed,) = told("target.missed")
    assert (missed["met"], missed["target"]["measure"]) == (False, "first_reply")
    assert "Anna" not in str(Job.objects.values_list("arguments", flat=True)), "no names, no words of customers"


@pytest.mark.usefixtures("wanting")
def test_what_was_well_again_is_told_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    watching.watch()
    promise(monkeypatch, Target(measure="first_reply", within_s=10**9, share=0.5))
    watching.watch()
    assert not Watch.objects.filter(about="request").exists()
    promise(monkeypatch, QUICK)
    watching.watch()
    assert len(told("request.waiting-too-long")) == 2


@pytest.mark.usefixtures("wanting")
def test_a_promise_to_some_is_about_those(monkeypatch: pytest.MonkeyPatch) -> None:
    promise(monkeypatch, QUICK.model_copy(update={"only": {"team": "Orders"}}))
    watching.watch()
    assert [one["request"] for one in told("request.waiting-too-long")[0]["requests"]] == ["W1"]


@pytest.mark.usefixtures("wanting")
def test_a_flood_is_told_in_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "TOLD_AT_ONCE", 1)
    watching.watch()
    (late,) = told("request.waiting-too-long")
    assert (len(late["requests"]), late["more"]) == (1, 1)


@pytest.mark.usefixtures("wanting")
def test_nobody_looks_for_nobody() -> None:
    Webhook.objects.update(events=["import.finished"])
    watching.watch()
    assert not Watch.objects.exists()
    assert not Job.objects.exists()
