"""Targets in the browser: promised, changed from a day on, stopped, and back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from otklik.schemas.targets import Target
from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry
from otklik.web.calendars import current
from otklik.web.calendars.models import State
from otklik.web.calendars.promise_forms import short_duration

TOLD = {"measure": "first_reply", "within": "4h", "share": "90", "clock": "business", "channel": "email"}
FOUR_HOURS = Target(measure="first_reply", within_s=14_400, share=0.9, clock="business", only={"channel": "email"})


def number() -> int:
    state = State.newest(State.TARGETS)
    return state.number if state else 0


def promise(client: Client, line: int | None = None, **changed: str):
    address = reverse("target_new") if line is None else reverse("target_line", args=[line])
    return client.post(address, {**TOLD, "after": str(number()), **changed})


def test_an_empty_page_says_what_to_do_next(owner: Client, client_of) -> None:
    assert reverse("target_new") in owner.get(reverse("targets")).content.decode()
    assert reverse("target_new") not in client_of(Role.VIEWER).get(reverse("targets")).content.decode()


def test_a_promise_is_in_force_and_written_down(owner: Client) -> None:
    assert promise(owner).status_code == 302
    assert current.targets() == (FOUR_HOURS,)
    page = owner.get(reverse("targets")).content.decode()
    assert "First reply within 4\u00a0h for 90% of requests" in page
    assert "Channel: email" in page
    entry = AuditEntry.objects.get(verb="targets.changed")
    assert (entry.facts["before"], "14400" in entry.facts["after"]) == ("", True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("within", "soon"), ("within", "0s"), ("within", "99999d"), ("share", "0"), ("share", "101"), ("share", "nan"),
     ("measure", "handoffs"), ("clock", "moon")],
)  # fmt: skip
def test_a_promise_nobody_can_read_is_refused(owner: Client, field: str, value: str) -> None:
    answer = promise(owner, **{field: value})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert current.targets() == ()


def test_a_promise_changes_from_a_day_on(owner: Client) -> None:
    promise(owner)
    tomorrow = current.today() + timedelta(days=1)
    promise(owner, line=1, within="2h", valid_from=tomorrow.isoformat())
    assert current.targets() == (FOUR_HOURS,)
    assert current.targets(tomorrow) == (FOUR_HOURS.model_copy(update={"within_s": 7200}),)
    assert "Begin later" in owner.get(reverse("targets")).content.decode()
    promise(owner, line=1, within="3h", valid_from=tomorrow.isoformat())
    assert current.targets(tomorrow)[0].within_s == 10_800, "the same day again corrects it"
    history = owner.get(reverse("target_history")).content.decode()
    assert [f"State {n}" in history for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert "was: First reply within 2\u00a0h" in history
    assert "is: First reply within 3\u00a0h" in history


def test_a_promise_stops_on_a_day_or_never_was(owner: Client) -> None:
    promise(owner)
    day = current.today() + timedelta(days=3)
    owner.post(reverse("target_stop", args=[1]), {"after": number(), "begins": day.isoformat()})
    assert current.targets(day - timedelta(days=1)) == (FOUR_HOURS,)
    assert current.targets(day) == ()
    assert "no longer promised from" in owner.get(reverse("target_line", args=[1])).content.decode()
    owner.post(reverse("target_stop", args=[1]), {"after": number(), "never": "1"})
    assert current.targets() == ()
    assert owner.get(reverse("target_line", args=[1])).status_code == 404
    promise(owner)
    assert owner.get(reverse("target_line", args=[2])).status_code == 200, "the number of a line is not used again"


def test_the_way_back(owner: Client) -> None:
    promise(owner)
    promise(owner, line=1, within="1h")
    owner.post(reverse("target_back", args=[1]), {"after": number()})
    assert current.targets() == (FOUR_HOURS,)
    assert State.newest(State.TARGETS).back_to.number == 1  # type: ignore[union-attr]
    assert "back to 1" in owner.get(reverse("target_history")).content.decode()


def test_the_slower_of_two_overwrites_nothing(owner: Client) -> None:
    promise(owner)
    assert promise(owner, line=1, within="1h", after="0").status_code == 422
    assert promise(owner, line=1, within="1h", after="nonsense").status_code == 422
    assert current.targets() == (FOUR_HOURS,)


def test_the_page_of_what_was_kept_stands_without_records(owner: Client) -> None:
    promise(owner)
    bare = owner.get(reverse("targets_kept"), headers={"HX-Request": "true"}).content.decode()
    assert bare.startswith('<div id="promises"')
    assert "hx-get" not in bare, "it asks once"
    assert 'class="kept' in bare


def test_to_look_first_promises_nothing(owner: Client) -> None:
    answer = promise(owner, check="1")
    assert answer.status_code == 200
    assert "as if it had always been promised" in answer.content.decode()
    assert current.targets() == ()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER])
def test_those_who_may_not_promise_only_look(owner: Client, client_of, role: Role) -> None:
    promise(owner)
    client = client_of(role)
    assert client.get(reverse("targets")).status_code == 200
    assert client.get(reverse("target_history")).status_code == 200
    assert promise(client).status_code == 403
    assert promise(client, line=1).status_code == 403
    for name in ("target_stop", "target_back"):
        assert client.post(reverse(name, args=[1])).status_code == 403
    assert current.targets() == (FOUR_HOURS,)


@pytest.mark.parametrize(("seconds", "text"), [(5400, "1h30m"), (14_400, "4h"), (129_600, "1d12h"), (45, "45s")])
def test_a_length_of_time_as_people_type_it(seconds: float, text: str) -> None:
    assert short_duration(seconds) == text
