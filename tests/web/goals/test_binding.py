"""Whatever a number is bound to, its form can show it, keep it and bind it: nothing is lost by mending a title."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.schemas.goals import Bound, Slice
from otklik.schemas.goals import KeyResult as Told
from otklik.web.accounts.models import User
from otklik.web.calendars.models import State
from otklik.web.goals.forms.key_results import AboutHealth, AboutKeyResult
from otklik.web.goals.forms.sources import as_listed, listed
from otklik.web.goals.models import Health, KeyResult, Objective
from tests.web.goals.sent import untouched

MEASURES = ("first_reply", "waits", "resolution", "waiting_on_us", "reopens", "handoffs", "one_touch", "bygone")
NIGHT = """
default = "day"
[calendars.day]
name = "Office"
time_zone = "Europe/Moscow"
weekly = { mon = "09:00-18:00" }
[calendars.night]
name = "Night shift"
time_zone = "Europe/Moscow"
weekly = { mon = "21:00-06:00" }
"""
SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), include_characters=' ,";—')
TEXT = st.text(SIGNS, min_size=1, max_size=12).map(str.strip).filter(bool)
VALUES = st.lists(TEXT, max_size=3).map(tuple)
SLICES = st.builds(
    Slice, source=VALUES, channel=VALUES, team=VALUES, category=VALUES, priority=VALUES, segment=VALUES,
    cohort=st.sampled_from(["arrived", "answered", "resolved", "open"]),
)  # fmt: skip
BOUND = st.builds(
    Bound,
    measure=st.sampled_from(MEASURES),
    clock=st.sampled_from(["elapsed", "business"]),
    calendar=st.sampled_from(["", "night", "24x7", "mon-fri 9-18", "gone"]),
    statistic=st.sampled_from(["share", "quantile", "count"]),
    within_s=st.none() | st.floats(0, 1e9, allow_subnormal=False),
    quantile=st.none() | st.floats(1e-6, 1 - 1e-6),
    which=SLICES,
    window_days=st.none() | st.integers(1, 100_000),
    weekly=st.booleans(),
)
KEPT = (
    Bound(measure="reopens", which=Slice(cohort="resolved")),
    Bound(measure="first_reply", within_s=900, clock="business", calendar="night", weekly=True, window_days=None),
    Bound(measure="resolution", statistic="count", which=Slice(cohort="open", source=("desk",))),
    Bound(measure="waits", statistic="quantile", quantile=0.955, which=Slice(team=("Sales, north", "—"))),
    Bound(measure="handoffs", within_s=1, which=Slice(cohort="resolved", channel=('the "old" phone',))),
)


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


@pytest.fixture
def hours(boss: User) -> None:
    State.put_in_force(State.HOURS, NIGHT, boss, after=0)


def shown(form: Any) -> dict[str, str]:
    return untouched("".join(str(form[name]) for name in form.fields))


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(bound=BOUND, unit=st.sampled_from(["share", "s", "count", "points"]))
def test_any_bound_source_stays_as_it_is_when_its_form_is_saved_untouched(bound: Bound, unit: str) -> None:
    numbers = {"unit": unit, "baseline": 1 / 3, "target": 0.7777777777777}
    row = KeyResult(title="A number", source=bound.model_dump(mode="json"), **numbers)
    form = AboutKeyResult({**shown(AboutKeyResult(row=row)), "title": "The same number"}, row=row)
    assert form.is_valid(), form.errors
    changed = form.write_to(row)
    assert changed.title == "The same number" and (changed.baseline, changed.target) == (1 / 3, 0.7777777777777)
    assert (Bound.model_validate(changed.source), changed.unit) == (bound, unit)
    health = Health(title="A number", source=bound.model_dump(mode="json"), unit=unit, high=1 / 3)
    about = AboutHealth({**shown(AboutHealth(row=health)), "title": "The same number"}, row=health)
    assert about.is_valid(), about.errors
    assert Bound.model_validate(about.write_to(health).source) == bound and health.high == 1 / 3


@pytest.mark.parametrize("bound", KEPT, ids=lambda one: f"{one.measure}-{one.statistic}")
def test_a_title_is_mended_on_the_page_and_the_binding_stays(
    browser: Client, objective: Objective, hours: None, bound: Bound
) -> None:
    KeyResult.objects.update(source=bound.model_dump(mode="json"), baseline=1 / 3, unit="share")
    Health.objects.update(source=bound.model_dump(mode="json"), high=1 / 3)
    pairs = (("key_result_edit", KeyResult.objects.get()), ("health_edit", Health.objects.get()))
    for name, row in pairs:
        at = reverse(name, args=[row.pk])
        sent = untouched(browser.get(at).content.decode()) | {"title": "A better title"}
        response = browser.post(at, sent)
        assert response.status_code == 302, response.content.decode()
        row.refresh_from_db()
        assert (row.title, row.source) == ("A better title", bound.model_dump(mode="json"))


@pytest.mark.parametrize("bound", KEPT, ids=lambda one: f"{one.measure}-{one.statistic}")
def test_everything_that_can_be_bound_is_bound_in_the_form(
    browser: Client, objective: Objective, hours: None, bound: Bound
) -> None:
    """The fields of a key result that is bound so, typed into an empty form, bind a new one in the same way."""
    unit = {"share": "share", "count": "count", "quantile": "s"}[bound.statistic]
    like = KeyResult(title="A number", source=bound.model_dump(mode="json"), unit=unit, target=0.5)
    made = shown(AboutKeyResult(row=like)) | {"reason": "a new one"}
    response = browser.post(reverse("key_result_new", args=[objective.pk]), made)
    assert response.status_code == 302, response.content.decode()
    row = KeyResult.objects.order_by("-pk")[0]
    told = row.read_source()
    assert isinstance(told, Bound) and told == bound


@pytest.mark.django_db
def test_one_thing_is_changed_and_the_rest_stays() -> None:
    bound = KEPT[1].model_copy(update={"which": Slice(source=("desk",), cohort="answered"), "within_s": 0.1 + 0.2})
    row = KeyResult(title="A number", source=bound.model_dump(mode="json"), unit="share")
    form = AboutKeyResult({**shown(AboutKeyResult(row=row)), "only_channel": 'chat, "a, b"'}, row=row)
    assert form.is_valid(), form.errors
    wanted = bound.model_copy(update={"which": bound.which.model_copy(update={"channel": ("chat", "a, b")})})
    assert Bound.model_validate(form.write_to(row).source) == wanted


@pytest.mark.django_db
def test_what_a_form_does_not_send_stays() -> None:
    """A program that sends a title, and what no form goes without, changes the title alone."""
    steps = [{"title": "a | b", "weight": 2.0, "due": None, "done": False, "evidence": ""}]
    row = KeyResult(title="A number", source=KEPT[3].model_dump(mode="json"), unit="s", weight=0.001, steps=steps,
                    baseline=0.1 + 0.2, leading=False, direction="lower")  # fmt: skip
    form = AboutKeyResult({"title": "Another", "how": "measure", "direction": "lower", "weight": "0.001"}, row=row)
    assert form.is_valid(), form.errors
    form.write_to(row)
    assert (row.title, row.weight, row.steps, row.leading, row.direction) == ("Another", 0.001, steps, False, "lower")
    assert row.baseline == 0.1 + 0.2 and row.read_source() == KEPT[3]


@pytest.mark.django_db
def test_an_owner_whose_account_is_closed_is_not_lost(boss: User) -> None:
    boss.is_active = False
    boss.save()
    row = KeyResult(title="A number", owner=boss, source={"how": "manual"}, unit="points")
    form = AboutKeyResult({**shown(AboutKeyResult(row=row)), "title": "Another"}, row=row)
    assert form.is_valid(), form.errors
    assert form.write_to(row).owner == boss


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "field"), [
    ({"measure": "resolution", "within": "1h", "cohort": "open", "clock": "business"}, "cohort"),
    ({"measure": "first_reply", "within": ""}, "within"),
    ({"measure": "reopens", "within": "30m"}, "within"),
    ({"statistic": "quantile", "of_hundred": "100", "unit_kind": "s"}, "of_hundred"),
    ({"within": "5m", "window_days": "4000"}, "window_days"),
    ({"within": "5m", "unit_kind": "s"}, "unit_kind"),
    ({"how": "pushed", "series": "NPS!"}, "series"),
    ({"how": "pushed"}, "series"),
    ({"weight": "0", "within": "5m"}, "weight"),
])  # fmt: skip
def test_what_cannot_be_so_is_said_at_its_field(typed: dict[str, str], field: str) -> None:
    sent = {"title": "A number", "direction": "raise", "how": "measure", "unit_kind": "share", "weight": "1"} | typed
    form = AboutKeyResult(sent)
    assert not form.is_valid() and list(form.errors) == [field], form.errors


def test_every_measure_stands_in_the_form_and_the_rare_fields_wait_in_one_place(
    browser: Client, objective: Objective, hours: None
) -> None:
    page = browser.get(reverse("health_new", args=[objective.pk])).content.decode()
    for name in ("first_reply", "waiting_on_us", "reopens", "team_handoffs", "one_touch", "steps"):
        assert f'<option value="{name}"' in page, name
    assert "Night shift" in page
    inside = page[page.index('<details class="counted">') : page.index("</details>", page.index('class="counted"'))]
    for name in ("cohort", "calendar", "window_days", "weekly", "only_source", "only_segment"):
        assert f'name="{name}"' in inside, name
    Health.objects.update(source=KEPT[0].model_dump(mode="json"))
    page = browser.get(reverse("health_edit", args=[Health.objects.get().pk])).content.decode()
    assert re.search(r'<details class="counted" open>', page), "what is chosen there is seen"


@given(st.lists(TEXT, max_size=5))
def test_values_read_back_as_they_were_written(values: list[str]) -> None:
    assert listed(as_listed(values)) == values


@pytest.mark.django_db
def test_a_source_of_another_kind_takes_everything_from_the_form() -> None:
    row = KeyResult(title="A number", source={"how": "pushed", "series": "nps"}, unit="share")
    sent = shown(AboutKeyResult(row=row)) | {"how": "measure", "within": "5m"}
    form = AboutKeyResult(sent, row=row)
    assert form.is_valid(), form.errors
    assert Told(title="x", source=form.cleaned_data["source"]).source == Bound(measure="first_reply", within_s=300)
