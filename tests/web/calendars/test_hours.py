"""Hours edited in the browser: a draft of one's own, what it changes, into force, and back."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.actions.read_calendar import read_calendar
from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, Team, User
from otklik.web.calendars.current import yardstick, yardstick_of
from otklik.web.calendars.models import Draft, State
from otklik.web.jobs.models import Job

OFFICE = '[calendars.office]\ntime_zone = "Europe/Moscow"\nweekly = "mon-fri 9-18"\n'
DAY = date(2026, 6, 10)
CLOSED = """
BEGIN:VCALENDAR VERSION:2.0 PRODID:x
BEGIN:VEVENT UID:1 DTSTART;VALUE=DATE:20260610 END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def office(owner: Client) -> Client:
    """The owner's browser, with an office in force."""
    assert upload(owner, OFFICE).status_code == 302
    force(owner)
    return owner


def upload(client: Client, text: str, how: str = "beside"):
    return client.post(
        reverse("calendar_upload"), {"file": SimpleUploadedFile("hours.toml", text.encode()), "how": how}
    )


def force(client: Client, after: int | None = None):
    newest = State.newest(State.HOURS)
    number = (newest.number if newest else 0) if after is None else after
    return client.post(reverse("calendar_force"), {"after": number})


def change(client: Client, day: date = DAY, **told: object):
    return client.post(f"{reverse('calendar_day', args=[day])}?calendar=office", told)


def drafted() -> object:
    return read_calendar(Draft.objects.get().text)


def test_an_empty_page_says_what_to_do_next(owner: Client, client_of) -> None:
    assert reverse("calendar_new") in owner.get(reverse("calendars")).content.decode()
    for_a_viewer = client_of(Role.VIEWER).get(reverse("calendars")).content.decode()
    assert reverse("calendar_new") not in for_a_viewer
    assert "can set them" in for_a_viewer


def test_a_preset_becomes_a_draft_that_only_its_author_sees(owner: Client, client_of) -> None:
    told = {"name": "Main office", "preset": "ru", "time_zone": ""}
    assert owner.post(reverse("calendar_new"), told).status_code == 302
    page = owner.get(reverse("calendars") + "?year=2025").content.decode()
    assert "Main office" in page
    assert page.count('<table class="month">') == 12
    assert "247 working days" in page, "the norm of 2025"
    assert yardstick().calendar is None, "nothing is measured by a draft"
    assert "Main office" not in client_of(Role.ANALYST).get(reverse("calendars")).content.decode()


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ({"preset": "24x7", "time_zone": ""}, "Europe/Moscow"),
        ({"preset": "mon-fri 9-18", "time_zone": "Asia/Omsk"}, "Asia/Omsk"),
        ({"preset": "us", "time_zone": ""}, "Europe/Moscow"),
        ({"preset": "other", "other": "sat 10-15 Asia/Almaty kz"}, "Asia/Almaty"),
    ],
)
def test_where_a_preset_lives(owner: Client, told: dict[str, str], zone: str) -> None:
    assert owner.post(reverse("calendar_new"), {"name": "A", **told}).status_code == 302
    assert drafted().versions["a"][0].time_zone == zone  # type: ignore[attr-defined]


@pytest.mark.parametrize("other", ["", "nonsense", "/etc/passwd", "hours.toml"])
def test_a_preset_nobody_knows_is_refused_beside_its_field(owner: Client, other: str) -> None:
    answer = owner.post(reverse("calendar_new"), {"name": "A", "preset": "other", "other": other})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()


def test_what_is_wrong_in_a_file_is_said_with_line_and_rule(owner: Client) -> None:
    answer = upload(owner, OFFICE.replace("9-18", "9-25"))
    assert answer.status_code == 422
    assert "hours.toml, line 3" in answer.content.decode()
    assert not Draft.objects.exists()
    reading = upload(owner, OFFICE + 'holiday_files = ["/etc/passwd"]\n')
    assert (reading.status_code, "line 4" in reading.content.decode()) == (422, True)


def test_a_file_may_come_beside_or_instead(office: Client) -> None:
    other = OFFICE.replace("office", "shop").replace("9-18", "10-20")
    upload(office, other, "beside")
    assert list(drafted().versions) == ["office", "shop"]  # type: ignore[attr-defined]
    upload(office, other, "instead")
    assert list(drafted().versions) == ["shop"]  # type: ignore[attr-defined]


def test_in_force_is_written_down_and_measured_by(office: Client) -> None:
    state = State.newest(State.HOURS)
    assert state is not None
    assert (state.number, state.by) == (1, User.objects.get(role=Role.OWNER.value))
    assert read_calendar(state.text) == yardstick().book()
    assert not Draft.objects.exists()
    entry = AuditEntry.objects.get(verb="hours.changed")
    assert (entry.by, entry.facts["back_to"]) == (state.by, None)
    assert Job.objects.filter(kind="refresh-facts", key="refresh-facts").exists()


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"wish": "closed"}, "holiday"),
        ({"wish": "shorter"}, "shorter"),
        ({"wish": "hours", "hours": "9-13, 14-20"}, "longer"),
        ({"wish": "like", "like": "5"}, "holiday"),
        ({"wish": "every-year", "hours": "9-12"}, "shorter"),
    ],
)
def test_a_day_is_changed_and_marked(office: Client, told: dict[str, str], kind: str) -> None:
    answer = change(office, **told)
    assert answer.status_code == 302
    page = office.get(answer["Location"].partition("#")[0]).content.decode()
    cell = re.search(r'<td id="d2026-06-10">.*?</td>', page, re.S)
    assert cell is not None
    assert f'class="d {kind} changed"' in cell[0]
    assert "changed by you" in cell[0], "not by colour alone"
    change(office, wish="as-usual")
    assert not Draft.objects.exists(), "what is as in force is no draft"


@pytest.mark.parametrize("hours", ["", "9-14, 13-15", "nine"])
def test_hours_nobody_can_read_are_refused_beside_their_field(office: Client, hours: str) -> None:
    answer = change(office, wish="hours", hours=hours)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("day", ["2026-02-30", "1815-06-18", "3000-01-01"])
def test_a_day_that_is_no_day_is_not_there(office: Client, day: str) -> None:
    assert office.get(f"/hours/day/{day}/?calendar=office").status_code == 404
    assert office.get(f"/hours/day/2026-06-10/?calendar={day}").status_code == 404


def test_a_page_by_htmx_gives_only_the_year(office: Client) -> None:
    address = f"{reverse('calendar_day', args=[DAY])}?calendar=office"
    assert "<html" not in office.get(address, headers={"HX-Request": "true"}).content.decode()
    wrong = office.post(address, {"wish": "hours"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, wrong["HX-Retarget"]) == (422, "#day")
    right = office.post(address, {"wish": "closed"}, headers={"HX-Request": "true"}).content.decode()
    assert right.startswith('<div id="year-view">')


def test_a_version_holds_from_its_day(office: Client) -> None:
    answer = office.post(reverse("calendar_version_new") + "?calendar=office", {"begins": "2026-07-01"})
    address = answer["Location"]
    week = {f"day_{n}": "8-12, 13-20" for n in range(5)}
    told = {"name": "Office", "time_zone": "Asia/Omsk", "valid_from": "2026-07-01", **week}
    assert office.post(address, told).status_code == 302
    first, second = drafted().versions["office"]  # type: ignore[attr-defined]
    assert (first.time_zone, second.time_zone, second.valid_from) == ("Europe/Moscow", "Asia/Omsk", date(2026, 7, 1))
    assert second.weekly[0] == ((28_800, 43_200), (46_800, 72_000))
    bad = office.post(address, {**told, "day_2": "8-12, 11-13"})
    assert (bad.status_code, "overlap" in bad.content.decode()) == (422, True)
    assert office.post(address, {**told, "valid_from": ""}).status_code == 422
    office.post(reverse("calendar_version_drop", args=[1]) + "?calendar=office")
    assert not Draft.objects.exists()
    assert office.get(reverse("calendar_version", args=[7]) + "?calendar=office").status_code == 404


def test_holidays_of_a_country_and_of_a_file(office: Client) -> None:
    address = reverse("calendar_holidays", args=[0]) + "?calendar=office"
    assert office.post(address, {"country": "atlantis"}).status_code == 422
    assert office.post(address, {"country": "ru"}).status_code == 302
    assert date(2026, 5, 9) in drafted().versions["office"][0].holidays  # type: ignore[attr-defined]
    ics = "\r\n".join(CLOSED.split())
    assert office.post(address, {"file": SimpleUploadedFile("c.ics", ics.encode())}).status_code == 302
    assert DAY in drafted().versions["office"][0].holidays  # type: ignore[attr-defined]
    assert office.post(address, {"file": SimpleUploadedFile("c.ics", b"no calendar")}).status_code == 422


def test_teams_work_by_their_own(office: Client) -> None:
    Team.objects.create(name="Night shift")
    upload(office, OFFICE.replace("office", "night").replace("mon-fri 9-18", "daily 22-6"))
    assert office.post(reverse("calendar_teams"), {"default": "office", "team_0": "night"}).status_code == 302
    force(office)
    book = yardstick().book()
    assert book is not None
    assert (book.default, book.team_calendars) == ("office", {"Night shift": "night"})
    assert "Night shift" in office.get(reverse("calendars") + "?calendar=night").content.decode()
    assert office.post(reverse("calendar_teams"), {"default": "nowhere"}).status_code == 422


def test_what_changes_is_seen_before_it_is_in_force(office: Client) -> None:
    change(office, wish="closed")
    page = office.get(reverse("calendar_changes")).content.decode()
    assert "1 day differs" in page
    assert "10\u00a0June\u00a02026, Wed" in page
    assert re.search(r"June 2026</th><td[^>]*>198\u00a0h</td><td[^>]*>189\u00a0h</td><td[^>]*>−9\u00a0h", page)
    assert "no number can move" in page, "there are no records yet"


def test_the_slower_of_two_is_told_and_overwrites_nothing(office: Client, client_of) -> None:
    analyst = client_of(Role.ANALYST)
    change(office, wish="closed")
    change(analyst, wish="shorter")
    force(analyst)
    refused = force(office, after=1)
    assert refused.status_code == 422
    assert "Somebody else" in refused.content.decode()
    assert State.newest(State.HOURS).number == 2  # type: ignore[union-attr]
    assert Draft.objects.filter(by__role=Role.OWNER.value).exists(), "the draft is still there"
    assert "other hours came into force" in office.get(reverse("calendar_changes")).content.decode()
    force(office)
    assert State.newest(State.HOURS).number == 3  # type: ignore[union-attr]


def test_the_way_back_to_an_older_state(office: Client) -> None:
    change(office, wish="closed")
    force(office)
    first, second = State.objects.filter(kind=State.HOURS).order_by("number")
    assert yardstick_of(first).book() != yardstick_of(second).book()
    assert office.post(reverse("calendar_back", args=[1])).status_code == 302
    assert yardstick().book() == yardstick_of(second).book(), "not before it is put in force"
    force(office)
    third = State.newest(State.HOURS)
    assert third is not None
    assert (third.number, third.back_to, third.text) == (3, first, first.text)
    page = office.get(reverse("calendar_history")).content.decode()
    assert [f"State {n}" in page for n in (1, 2, 3)] == [True] * 3
    shown = office.get(reverse("calendar_state", args=[2])).content.decode()
    assert "1 day differs" in shown
    file = office.get(reverse("calendar_file", args=[2]))
    assert file.content.decode() == second.text
    assert file["Content-Disposition"].startswith("attachment;")
    assert office.get(reverse("calendar_state", args=[9])).status_code == 404


def test_a_draft_can_be_thrown_away_and_a_calendar_taken_away(office: Client) -> None:
    change(office, wish="closed")
    office.post(reverse("calendar_forget"))
    assert not Draft.objects.exists()
    office.post(reverse("calendar_drop") + "?calendar=office")
    force(office)
    assert yardstick().calendar is None
    assert State.objects.filter(kind=State.HOURS).count() == 2


def test_years_nobody_told_are_said_not_guessed(owner: Client) -> None:
    owner.post(reverse("calendar_new"), {"name": "A", "preset": "ru"})
    page = owner.get(reverse("calendars") + "?year=2060").content.decode()
    assert "Nothing is measured by guesses" in page
    assert "not known open" in page
    assert owner.get(reverse("calendars") + "?year=abc").status_code == 200


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER])
def test_those_who_may_not_change_hours_only_look(office: Client, client_of, role: Role) -> None:
    client = client_of(role)
    page = client.get(reverse("calendars")).content.decode()
    assert "/hours/day/" not in page
    for name, arguments in [
        ("calendar_day", [DAY]),
        ("calendar_version", [0]),
        ("calendar_changes", []),
        ("target_new", []),
    ]:
        assert client.get(reverse(name, args=arguments)).status_code == 403
    for name in ("calendar_force", "calendar_forget", "calendar_drop", "calendar_upload", "calendar_measure"):
        assert client.post(reverse(name)).status_code == 403
    assert client.get(reverse("calendar_history")).status_code == 200
    assert client.get(reverse("calendar_state", args=[1])).status_code == 200
