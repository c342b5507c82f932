"""A number limited to one's own requests: measured for its person alone, about nobody else, told to nobody else."""

import html
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.actions.count_days import NotYourName
from otklik.actions.hide_person import hide_person
from otklik.actions.measure_speed import Yardstick
from otklik.actions.read_push import Push, read_push
from otklik.actions.refresh_facts import refresh_facts
from otklik.schemas.goals import NO_NAME, Bound, Slice
from otklik.store import ServiceStore
from otklik.web.access import Role
from otklik.web.accounts.forgetting import forget_in_database
from otklik.web.accounts.models import ApiToken, AuditEntry, Scope, User
from otklik.web.data_folder import DataFolder
from otklik.web.goals import looking, measuring
from otklik.web.goals.converting import as_first_set, key_result_told
from otklik.web.goals.models import Cycle, Health, History, KeyResult, Look, Measured, Objective
from otklik.web.goals.problems import NumberOfAPerson, StaysPersonal, StrangeNames
from otklik.web.goals.stages import go_on
from otklik.web.goals.studies import drivers_of
from otklik.web.jobs.models import Job
from tests.web.goals.sent import untouched

ANNA, BORIS = "orlova-7", "boris-2"
"""As the records name them."""
SHARE = "71.4\xa0%"
"""Of Anna's requests that are answered within five minutes."""
TITLE, NUMBER = "My own customers never wait", "Mine answered within 5 minutes from 70% to 90%"
TYPED = {
    "title": NUMBER, "direction": "raise", "how": "measure", "measure": "first_reply", "statistic": "share",
    "within": "5m", "unit_kind": "share", "baseline": "70", "target": "90", "weight": "1", "window_days": "28",
}  # fmt: skip
OWN = {"how": "measure", "measure": "first_reply", "within_s": 300, "which": {"assignee": [ANNA]}}
OTHERS = OWN | {"which": {"assignee": [BORIS]}}


def _requests() -> Iterator[dict[str, Any]]:
    """Ten a day: of Anna's seven five are quick, of Boris' two one is, and one that nobody holds is."""
    for day in range(90):
        for n in range(10):
            at = datetime(2026, 8, 3, 9, tzinfo=UTC) + timedelta(days=day, minutes=7 * n)
            who = ANNA if n < 7 else BORIS if n < 9 else None
            about: dict[str, Any] = {"request": f"R{day}-{n}", "channel": "chat"}
            yield about | {"at": at.isoformat(), "kind": "created", "by": "customer"}
            yield about | {"at": at.isoformat(), "kind": "message", "by": "customer", "public": True}
            if who:
                yield about | {"at": at.isoformat(), "kind": "assigned", "by": "agent", "assignee": who}
            late = at + (timedelta(minutes=3) if n in (0, 1, 2, 3, 4, 7, 9) else timedelta(hours=2))
            yield about | {"at": late.isoformat(), "kind": "message", "by": "agent", "public": True}


@pytest.fixture(scope="session")
def held_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held")
    (folder / "body").write_text("\n".join(json.dumps(row) for row in _requests()), "utf-8")
    store = ServiceStore(folder / "log")
    as_of = datetime(2026, 11, 2, tzinfo=UTC)
    store.import_log(read_push(Push("body", folder / "body", "ndjson", "desk", as_of=as_of)))
    refresh_facts(store, Yardstick())
    return folder / "log"


@pytest.fixture
def log(held_log: Path, data_folder: DataFolder) -> Path:
    data_folder.path.mkdir(parents=True, exist_ok=True)
    data_folder.log.symlink_to(held_log)
    return held_log


@pytest.fixture(autouse=True)
def _monday(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(response: Any) -> str:
    content = b"".join(response) if response.streaming else response.content
    return html.unescape(content.decode("utf-8", "replace"))


def page(client: Client, name: str, *args: Any) -> str:
    return text(client.get(reverse(name, args=args)))


@pytest.fixture
def anna(person: Callable[..., User]) -> User:
    """An analyst, who may do all that goals need; the records call her orlova-7."""
    made = person(Role.ANALYST)
    User.objects.filter(pk=made.pk).update(record_names=[ANNA])
    return User.objects.get(pk=made.pk)


@pytest.fixture
def own(goal: Callable[..., Objective], anna: User) -> Objective:
    return goal(TITLE, level="personal", team="", owner=anna, key_results=0)


@pytest.fixture
def mine(own: Objective) -> KeyResult:
    """A number of Anna's own requests."""
    return KeyResult.objects.create(
        objective=own, title=NUMBER, unit="share", baseline=0.7, target=0.9, source=OWN, owner=own.owner
    )


# --- whose names they are


@pytest.fixture
def member(person: Callable[..., User]) -> User:
    return person(Role.MEMBER, "Support")


def say_names(client: Client, person: User, others: str = "", **more: Any) -> Any:
    return client.post(reverse("person_names", args=[person.pk]), {"others": others, **more}, follow=True)


def test_who_manages_people_writes_the_names_and_the_person_sees_them(log: Path, boss: User, member: User) -> None:
    member.name = "Vera Orlova"
    member.save()
    browser = browser_of(boss)
    assert f'value="{ANNA}"' in page(browser, "person", member.pk), "it looks like her name"
    answer = text(say_names(browser, member, "Vera O.\r\n\r\n Vera O. ", known=[ANNA]))
    assert "Saved." in answer and "Nobody of this name holds a request in the records so far: Vera O.." in answer
    member.refresh_from_db()
    assert member.record_names == [ANNA, "Vera O."]
    entry = AuditEntry.objects.get(verb="person.names-set")
    assert (entry.by, entry.about, entry.facts) == (
        boss, member.email, {"names": [ANNA, "Vera O."], "before": []}
    )  # fmt: skip
    assert "wrote how the records name somebody" in page(browser, "audit")
    assert f"{ANNA}, Vera O." in page(browser_of(member), "my_account")
    say_names(browser, member)
    member.refresh_from_db()
    assert member.record_names == []


def test_nobody_writes_names_of_their_own(boss: User, member: User) -> None:
    assert say_names(browser_of(boss), boss, BORIS).status_code == 422
    assert say_names(browser_of(member), member, BORIS).status_code == 403
    sent = {"name": "M", "language": "en", "record_names": BORIS, "names": BORIS, "others": BORIS}
    assert browser_of(member).post(reverse("my_account"), sent).status_code == 302
    assert not User.objects.exclude(record_names=[]).exists()
    assert "Another owner or manager writes down yours." in page(browser_of(boss), "person", boss.pk)


@pytest.mark.parametrize(("typed", "said"), [
    (ANNA, "“orlova-7” counts as"), ("—", "a dash is no name"), ("x" * 201, "at most 200 letters"),
    ("\n".join(f"n{n}" for n in range(21)), "At most 20 names"),
])  # fmt: skip
def test_a_name_is_one_persons(boss: User, anna: User, member: User, typed: str, said: str) -> None:
    answer = say_names(browser_of(boss), member, typed)
    assert answer.status_code == 422 and said in text(answer)
    member.refresh_from_db()
    assert member.record_names == []


def test_only_owners_name_owners(person: Callable[..., User], boss: User) -> None:
    assert say_names(browser_of(person(Role.MANAGER)), boss, BORIS).status_code == 422
    boss.refresh_from_db()
    assert boss.record_names == []


# --- the form


def box(client: Client, name: str, *args: Any) -> str:
    told = page(client, name, *args)
    return told[told.index('name="only_mine"') - 60 :][:200] if 'name="only_mine"' in told else ""


def test_the_box_stands_in_key_results_of_personal_goals_only(own: Objective, objective: Objective, anna: User) -> None:
    browser, shared = browser_of(anna), objective.key_results.get()
    assert box(browser, "key_result_new", own.pk)
    assert not box(browser, "health_new", own.pk)
    assert not box(browser, "key_result_new", objective.pk) and not box(browser, "key_result_edit", shared.pk)


def test_a_number_is_bound_to_the_names_of_its_person(own: Objective, anna: User) -> None:
    browser = browser_of(anna)
    crafted = {"assignee": BORIS, "only_assignee": BORIS, "which": json.dumps({"assignee": [BORIS]}), "mine": BORIS}
    sent = TYPED | crafted | {"only_mine": "on"}
    assert browser.post(reverse("key_result_new", args=[own.pk]), sent).status_code == 302
    row = KeyResult.objects.get()
    assert row.source["which"]["assignee"] == [ANNA]
    told = page(browser, "objective", own.pk)
    assert "Only requests that you held last count here, and you alone see it. It is no rating." in told
    edit = reverse("key_result_edit", args=[row.pk])
    sent = untouched(browser.get(edit).content.decode()) | {"title": "Another title"}
    assert sent["only_mine"] == "on" and browser.post(edit, sent).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.source["which"]["assignee"]) == ("Another title", [ANNA])
    del sent["only_mine"]
    assert browser.post(edit, sent | {"seen": newest(row)}).status_code == 302
    row.refresh_from_db()
    assert row.source["which"]["assignee"] == []
    assert "whoever held them → only requests that you held last" not in page(browser, "objective", own.pk)
    assert "only requests that you held last → whoever held them" in page(browser, "objective", own.pk)


def newest(row: KeyResult) -> str:
    return str(History.objects.filter(objective=row.objective).latest("pk").pk)


@pytest.mark.parametrize("level", ["team", "company"])
def test_no_crafted_form_limits_a_goal_that_others_see(goal: Callable[..., Objective], anna: User, level: str) -> None:
    shared = goal(level=level, key_results=0)
    sent = TYPED | {"only_mine": "on", "assignee": ANNA, "only_assignee": ANNA}
    assert browser_of(anna).post(reverse("key_result_new", args=[shared.pk]), sent).status_code == 302
    assert KeyResult.objects.get().source["which"]["assignee"] == []


def test_without_names_the_box_waits_and_says_why(own: Objective, anna: User) -> None:
    User.objects.update(record_names=[])
    browser = browser_of(anna)
    assert "disabled" in box(browser, "key_result_new", own.pk)
    assert "Nobody has written down yet which names in the records are yours" in page(browser, "key_result_new", own.pk)
    sent = TYPED | {"only_mine": "on"}
    assert browser.post(reverse("key_result_new", args=[own.pk]), sent).status_code == 302
    assert KeyResult.objects.get().source["which"]["assignee"] == []


def test_other_names_of_the_same_person_are_taken_over_by_saving(own: Objective, mine: KeyResult, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(record_names=[ANNA, "orlova-8"])
    browser, edit = browser_of(anna), reverse("key_result_edit", args=[mine.pk])
    told = text(browser.get(edit))
    assert "Your names in the records have changed since: saving takes them over." in told
    assert browser.post(edit, untouched(told)).status_code == 302
    mine.refresh_from_db()
    assert mine.source["which"]["assignee"] == [ANNA, "orlova-8"]


# --- measured


def preview(client: Client, typed: dict[str, str], **of: Any) -> str:
    asked = "&".join(f"{name}={value}" for name, value in {"key_result": "", **of}.items())
    return text(client.post(f"{reverse('goals_number')}?{asked}", typed))


def test_it_is_measured_while_it_is_written_and_only_for_its_person(
    log: Path, own: Objective, objective: Objective, anna: User, boss: User
) -> None:
    typed = TYPED | {"only_mine": "on"}
    assert SHARE in preview(browser_of(anna), typed, goal=own.pk)
    assert "182 requests" in preview(browser_of(anna), typed, goal=own.pk)
    for client, goal in ((browser_of(anna), objective.pk), (browser_of(anna), ""), (browser_of(boss), own.pk)):
        assert "70\xa0%" in preview(client, typed, goal=goal), "that of everybody"


def test_of_few_requests_it_says_that_it_cannot_tell(log: Path, own: Objective, anna: User) -> None:
    few = TYPED | {"only_mine": "on", "statistic": "quantile", "of_hundred": "99", "unit_kind": "s", "baseline": "1h",
                   "target": "30m", "direction": "lower", "window_days": "3"}  # fmt: skip
    told = preview(browser_of(anna), few, goal=own.pk)
    assert "Too little is on record to tell it." in told


def begin(cycle: Cycle, goal: Callable[..., Objective], boss: User) -> None:
    goal()
    go_on(cycle, "active", boss)


@pytest.fixture
def measured(log: Path, cycle: Cycle, goal: Callable[..., Objective], boss: User, mine: KeyResult) -> KeyResult:
    """Its cycle runs, and last night it was measured and looked at."""
    Health.objects.create(objective=mine.objective, title="Mine in a minute", unit="share", high=0.1, source=OWN)
    begin(cycle, goal, boss)
    assert measuring.measure() == 2 and looking.look()
    assert looking.try_on_the_past(mine.pk)
    mine.refresh_from_db()
    return mine


def test_only_what_the_person_held_last_is_counted(measured: KeyResult, anna: User) -> None:
    found = Measured.objects.get(key_result=measured)
    assert found.reading["number"]["value"] == pytest.approx(5 / 7) and found.weeks[0] == pytest.approx(5 / 7)
    told = page(browser_of(anna), "objective", measured.objective_id)
    assert SHARE in told and "that came in this period; only requests that you held last" in told
    assert ANNA not in told


PAGES = ("goals", "goals_talks", "goals_dates", "goals_library", "people", "audit", "audit_csv", "my_account")
OF_CYCLE = (
    "cycle", "cycle_history", "cycle_changed", "cycle_changed_numbers", "goals_week", "week_file", "week_wins",
    "goals_middle", "goals_grading", "goals_retro",
)  # fmt: skip
OF_NUMBER = ("key_result_edit", "key_result_past", "key_result_otherwise", "key_result_drivers")


def seen_by(client: Client, row: KeyResult) -> Iterator[tuple[str, str]]:
    """Whatever somebody could look at, by what it is called."""
    cycle = row.objective.cycle_id
    yield from ((name, page(client, name)) for name in PAGES)
    yield from ((name, page(client, name, cycle)) for name in OF_CYCLE)
    yield from ((name, page(client, name, row.pk)) for name in OF_NUMBER)
    yield from ((kind, page(client, "cycle_file", cycle, kind)) for kind in ("json", "toml", "csv", "html"))
    yield from ((name, page(client, name, row.objective_id)) for name in ("objective", "objective_edit", "health_new"))
    yield "preview", preview(client, {"title": "", "how": "measure"}, key_result=row.pk, goal=row.objective_id)


def programs_see(person: User, row: KeyResult) -> Iterator[tuple[str, str]]:
    token = ApiToken.make(person, "robot", [Scope.READ, Scope.PUSH])[1]
    client = Client(headers={"authorization": f"Bearer {token}"})
    for part in ("", "/file"):
        yield f"api{part}", text(client.get(f"/api/v1/goals/cycles/{row.objective.cycle_id}{part}"))
    answer = client.post(f"/api/v1/goals/key-results/{row.pk}/check-ins", "{}", content_type="application/json")
    yield "check-in", text(answer) if person != row.owner else ""


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER, Role.MEMBER, Role.VIEWER])
def test_nobody_else_is_told_whose_requests_or_which_number(
    measured: KeyResult, person: Callable[..., User], boss: User, role: Role
) -> None:
    drivers_of(measured)
    other = boss if role is Role.OWNER else person(role, "Support")
    client = browser_of(other)
    for name, told in (*seen_by(client, measured), *programs_see(other, measured)):
        for secret in (ANNA, TITLE, NUMBER, SHARE, "held last"):
            assert secret not in told, (name, secret)
    assert client.get(reverse("objective", args=[measured.objective_id])).status_code == 404
    if role is Role.OWNER:
        assert page(client, "person", measured.owner_id).count(ANNA) == 1, "who manages people sees the name, no more"


def test_neither_files_nor_programs_of_ones_own_carry_it_away(measured: KeyResult, anna: User) -> None:
    client = browser_of(anna)
    files = ((kind, page(client, "cycle_file", measured.objective.cycle_id, kind)) for kind in ("json", "csv", "html"))
    for name, told in (*files, *programs_see(anna, measured)):
        assert not {secret for secret in (ANNA, TITLE, NUMBER) if secret in told}, name


def test_jobs_and_the_trail_keep_no_name(measured: KeyResult, boss: User) -> None:
    kept = serializers.serialize("json", [*AuditEntry.objects.all(), *Job.objects.all()])
    assert ANNA not in kept and TITLE not in kept
    lines = History.objects.filter(objective=measured.objective)
    assert not lines.filter(private_to=None).exclude(field="level").exists()
    assert not History.objects.for_user(boss).filter(objective=measured.objective).exists()


def test_two_people_with_the_same_number_are_told_of_their_own_requests(
    measured: KeyResult, goal: Callable[..., Objective], member: User
) -> None:
    """What is remembered of one is never shown to the other."""
    User.objects.filter(pk=member.pk).update(record_names=[BORIS])
    member.refresh_from_db()
    his = goal("His own", level="personal", team="", owner=member, key_results=0)
    row = KeyResult.objects.create(objective=his, title=NUMBER, unit="share", baseline=0.7, target=0.9, source=OTHERS)
    hers, theirs = drivers_of(measured), drivers_of(row)
    assert hers is not None and theirs is not None
    assert (hers.n, hers.misses) == (189, 54) and (theirs.n, theirs.misses) == (54, 27)


# --- files and programs


def file_with(level: str, names: list[str]) -> dict[str, Any]:
    number = {"title": NUMBER, "unit": "share", "target": 0.9, "source": OWN | {"which": {"assignee": names}}}
    goal = {"title": TITLE, "level": level, "team": "Support", "key_results": [number]}
    return {"title": "Brought", "start": "2027-01-01", "end": "2027-03-31", "objectives": [goal]}


def bring(person: User, told: dict[str, Any], by: str) -> Any:
    if by == "file":
        sent = SimpleUploadedFile("mine.json", json.dumps(told).encode())
        return browser_of(person).post(reverse("goals_import"), {"file": sent})
    token = ApiToken.make(person, "robot", [Scope.READ, Scope.PUSH])[1]
    client = Client(headers={"authorization": f"Bearer {token}"})
    return client.post("/api/v1/goals/cycles", json.dumps(told), content_type="application/json")


@pytest.mark.parametrize("by", ["file", "program"])
@pytest.mark.parametrize(("level", "names", "said"), [
    ("team", [ANNA], "objectives[1].key_results[1].source.which.assignee limits the number to requests that"),
    ("company", [ANNA], "Limit it by team instead"),
    ("personal", [BORIS], f"requests held by {BORIS}, and that does not count as you"),
    ("personal", [ANNA, BORIS], f"requests held by {BORIS}, and"),
    ("personal", ["—"], "does not count as you"), ("personal", [NO_NAME], NUMBER),
])  # fmt: skip
def test_nothing_about_others_is_brought_in(anna: User, by: str, level: str, names: list[str], said: str) -> None:
    answer = bring(anna, file_with(level, names), by)
    assert answer.status_code == 422 and said in text(answer)
    assert not Cycle.objects.exists() and not Objective.objects.exists()


@pytest.mark.parametrize("by", ["file", "program"])
def test_ones_own_is_brought_in(anna: User, by: str) -> None:
    assert bring(anna, file_with("personal", [ANNA]), by).status_code in (200, 302)
    row = KeyResult.objects.get()
    assert (row.objective.owner, row.source["which"]["assignee"]) == (anna, [ANNA])


def test_names_of_the_owner_in_the_file_do_not_count_but_those_of_whoever_brings_it(anna: User, boss: User) -> None:
    """A personal goal belongs to whoever brings it in."""
    told = file_with("personal", [ANNA])
    told["objectives"][0]["owner"] = anna.email
    assert bring(boss, told, "file").status_code == 422 and not Cycle.objects.exists()


# --- it stays personal


def edited(client: Client, goal: Objective, **typed: str) -> Any:
    at = reverse("objective_edit", args=[goal.pk])
    return client.post(at, untouched(client.get(at).content.decode()) | typed)


def test_with_the_limit_a_goal_does_not_become_that_of_others(own: Objective, mine: KeyResult, anna: User) -> None:
    browser = browser_of(anna)
    answer = edited(browser, own, level="company")
    assert answer.status_code == 422 and "counts only requests that you held" in text(answer)
    assert "Take the limit off the number first." in text(answer)
    own.refresh_from_db()
    assert own.level == "personal"
    Look.objects.create(objective=own, key_result=mine, source=OWN, says={"measured": 0.8})
    KeyResult.objects.filter(pk=mine.pk).update(source={"how": "manual"})
    assert edited(browser, own, level="company").status_code == 302
    own.refresh_from_db()
    assert own.level == "company" and not Look.objects.exists()


def test_what_was_measured_in_a_running_cycle_stays_with_its_person(measured: KeyResult, anna: User) -> None:
    """Taken off later, its number and its first version would still be read by others."""
    Health.objects.filter(objective=measured.objective).delete()
    measured.source = OWN | {"which": {}}
    measured.save()
    goal = measured.objective
    answer = edited(browser_of(anna), goal, level="company", reason="all of us")
    assert answer.status_code == 422 and "write a new goal instead" in text(answer)
    KeyResult.objects.update(as_set=None)
    assert edited(browser_of(anna), goal, level="company", reason="all of us").status_code == 422
    Measured.objects.all().delete()
    assert edited(browser_of(anna), goal, level="company", reason="all of us").status_code == 302


def test_no_other_way_passes_it_on_either(own: Objective, mine: KeyResult, boss: User, objective: Objective) -> None:
    own.owner = boss
    with pytest.raises(StaysPersonal):
        own.save()
    own.refresh_from_db()
    own.level = "team"
    with pytest.raises(StaysPersonal):
        own.save()
    mine.objective = objective
    with pytest.raises(NumberOfAPerson):
        mine.save()
    with pytest.raises(NumberOfAPerson):
        Health.objects.create(objective=objective, title="kept", source=mine.source)
    mine.refresh_from_db()
    mine.source = OTHERS
    with pytest.raises(StrangeNames):
        mine.save()


def test_what_is_not_about_one_person_passes_as_before(own: Objective, mine: KeyResult) -> None:
    KeyResult.objects.filter(pk=mine.pk).update(source=OWN | {"which": {"team": ["Support"]}})
    own.level, own.team = "team", "Support"
    own.save()
    assert Objective.objects.get(pk=own.pk).level == "team"


# --- names that count no more


def test_names_taken_away_stop_the_number_at_once(measured: KeyResult, anna: User, cycle: Cycle) -> None:
    User.objects.filter(pk=anna.pk).update(record_names=[BORIS])
    row, browser = KeyResult.objects.get(pk=measured.pk), browser_of(anna)
    source = row.read_source()
    assert isinstance(source, Bound) and source.which.assignee == (NO_NAME,)
    first = as_first_set(row)
    assert first is None or first.source == source, "nor by the first version"
    told = page(browser, "objective", row.objective_id)
    assert "so nothing is measured: take the limit off" in told and SHARE not in told
    for name in OF_NUMBER[1:]:
        assert browser.get(reverse(name, args=[row.pk])).status_code == 200, name
    Look.objects.all().delete()
    assert looking.look() and Look.objects.get(key_result=row).says["measured"] is None
    with pytest.raises(NotYourName):
        looking.try_on_the_past(row.pk)
    measuring.measure()
    kept = Measured.objects.get(key_result=row)
    assert kept.reading["number"]["value"] is None and not kept.reading["first_set"]
    edit = reverse("key_result_edit", args=[row.pk])
    shown = text(browser.get(edit))
    sent = untouched(shown) | {"reason": "not my name"}
    User.objects.filter(pk=anna.pk).update(record_names=[])
    now = text(browser.post(f"{reverse('goals_number')}?key_result={row.pk}", untouched(text(browser.get(edit)))))
    assert "no longer count as yours" in now and SHARE not in now, "nor by the form as it stands"
    assert browser.post(edit, sent | {"title": "Mended"}).status_code == 302, "a title is mended all the same"
    sent = untouched(browser.get(edit).content.decode()) | {"reason": "not my name", "within": "10m"}
    answer = browser.post(edit, sent)
    assert answer.status_code == 422 and "take the limit off" in text(answer)
    del sent["only_mine"]
    assert browser.post(edit, sent).status_code == 302
    row.refresh_from_db()
    assert row.source["which"]["assignee"] == []


def test_an_erased_person_leaves_a_number_that_says_so(
    measured: KeyResult, anna: User, boss: User, held_log: Path
) -> None:
    """By another spelling than the account has, so it stays open."""
    pseudonym = "person-1f3a"
    assert forget_in_database([ANNA], pseudonym, hide_person([ANNA], pseudonym))
    anna.refresh_from_db()
    assert anna.record_names == []
    row = KeyResult.objects.get(pk=measured.pk)
    assert row.source["which"]["assignee"] == [pseudonym], "the binding follows"
    everywhere = serializers.serialize("json", [
        one for model in (KeyResult, Health, History, Measured, Look, User, AuditEntry) for one in model.objects.all()
    ])  # fmt: skip
    assert ANNA not in everywhere
    source = row.read_source()
    assert isinstance(source, Bound) and source.which.assignee == (NO_NAME,)
    told = page(browser_of(anna), "objective", row.objective_id)
    assert "so nothing is measured: take the limit off" in told and pseudonym not in told and SHARE not in told
    for name in (*OF_NUMBER, "cycle_history"):
        about = row.objective.cycle_id if name == "cycle_history" else row.pk
        answer = browser_of(anna).get(reverse(name, args=[about]))
        assert answer.status_code == 200 and pseudonym not in text(answer), name
    measuring.measure()
    assert Measured.objects.get(key_result=row).reading["number"]["value"] is None
    assert browser_of(boss).get(reverse("person", args=[anna.pk])).status_code == 200


def test_a_closed_account_is_forgotten_by_its_name_in_the_records(mine: KeyResult, anna: User, boss: User) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False, record_names=[ANNA, "Anna O."])
    forget_in_database([ANNA], "person-1f3a", hide_person([ANNA], "person-1f3a"))
    anna.refresh_from_db()
    assert (anna.record_names, anna.name) == ([], "person-1f3a") and anna.email.endswith("@forgotten.invalid")
    source = KeyResult.objects.get(pk=mine.pk).read_source()
    assert isinstance(source, Bound) and source.which.assignee == (NO_NAME,)
    boss.refresh_from_db()
    assert boss.is_active and boss.email == "owner@example.org"


def test_another_name_of_an_open_account_stays(anna: User, mine: KeyResult) -> None:
    User.objects.filter(pk=anna.pk).update(record_names=[ANNA, "Anna O."])
    forget_in_database(["Anna O."], "person-2", hide_person(["Anna O."], "person-2"))
    anna.refresh_from_db()
    assert anna.record_names == [ANNA]
    source = KeyResult.objects.get(pk=mine.pk).read_source()
    assert isinstance(source, Bound) and source.which == Slice(assignee=(ANNA,))


def test_a_goal_that_is_its_own_first_version_is_graded_once(measured: KeyResult) -> None:
    assert as_first_set(measured) is None and key_result_told(measured).source == Bound.model_validate(OWN)


def test_limited_on_the_way_it_has_a_number_as_first_set_and_one_of_its_own(
    log: Path, cycle: Cycle, goal: Callable[..., Objective], boss: User, mine: KeyResult, anna: User
) -> None:
    KeyResult.objects.update(source=OWN | {"which": {}})
    begin(cycle, goal, boss)
    browser, edit = browser_of(anna), reverse("key_result_edit", args=[mine.pk])
    sent = untouched(browser.get(edit).content.decode()) | {"only_mine": "on", "reason": "to learn"}
    assert "only_mine" not in untouched(browser.get(edit).content.decode())
    assert browser.post(edit, sent).status_code == 302
    measuring.measure()
    kept = Measured.objects.get(key_result=mine).reading
    assert kept["number"]["value"] == pytest.approx(5 / 7)
    assert kept["first_set"]["number"]["value"] == pytest.approx(0.7)
    assert "As first set, its grade is" in page(browser, "objective", mine.objective_id)
