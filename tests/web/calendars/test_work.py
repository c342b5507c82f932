"""Which numbers would move: worked out in the background, shown with the draft it was worked out for."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log
from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.calendars.desk import Desk
from otklik.web.calendars.models import Draft, State
from otklik.web.calendars.promises import Promise, write_promises
from otklik.web.data_folder import DataFolder
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Asked
from otklik.web.jobs.worker import Worker

OFFICE = '[calendars.office]\ntime_zone = "Europe/Moscow"\nweekly = "mon-fri 9-18"\n'
LATE = OFFICE.replace("9-18", "10-18")
SHOP = "Ticket,Opened,First reply,Resolved,Status,Channel\n" + "".join(
    f"{n},2026-03-02 09:00,2026-03-02 10:30,2026-03-02 12:00,resolved,email\n" for n in range(40)
)


@pytest.fixture
def drafting(owner: Client, data_folder: DataFolder, tmp_path: Path) -> Client:
    """Forty customers who asked at nine and were answered at half past ten; an office from nine, a draft from ten."""
    path = tmp_path / "shop.csv"
    path.write_text(SHOP, "utf-8")
    add_to_log(data_folder.log, import_log(Records((str(path),), time_zone="Europe/Moscow")))
    State.put_in_force(State.HOURS, OFFICE, None, after=0)
    kept = Promise(line=1, measure="first_reply", within_s=3600, share=0.9, clock="business")
    State.put_in_force(State.TARGETS, write_promises([kept]), None, after=0)
    Desk.of(User.objects.get(role=Role.OWNER.value)).keep_text(LATE)
    return owner


def test_the_numbers_that_move_stand_beside_the_draft(drafting: Client) -> None:
    page = drafting.get(reverse("calendar_changes")).content.decode()
    assert "Work out which numbers move" in page
    assert "There is no target" not in page
    drafting.post(reverse("calendar_measure"))
    assert 'class="job"' in drafting.get(reverse("calendar_changes")).content.decode()
    while Worker().one():
        pass
    assert Job.objects.get(kind="compare-calendars").state == Job.DONE
    moved = {(one["measure"], one["figure"]): one for one in Draft.objects.get().compared["moved"]}
    reply = moved["first_reply", "median"]
    assert (reply["before"], reply["after"], reply["n"]) == (5400, 1800, 40)
    promise = moved["first_reply", "target"]
    assert (promise["before"], promise["after"]) == (0, 1)
    page = drafting.get(reverse("calendar_changes")).content.decode()
    assert "Measured on 40 requests" in page
    assert "1\u00a0h 30\u00a0min" in page.replace("h\u00a030", "h 30")
    assert "better" in page


def test_figures_of_another_draft_are_not_shown(drafting: Client) -> None:
    drafting.post(reverse("calendar_measure"))
    Desk.of(User.objects.get(role=Role.OWNER.value)).keep_text(OFFICE.replace("9-18", "8-18"))
    while Worker().one():
        pass
    assert Draft.objects.get().compared == {}, "they came too late: the draft is another one now"
    assert "Work out which numbers move" in drafting.get(reverse("calendar_changes")).content.decode()


def test_the_work_may_begin_again(drafting: Client) -> None:
    from otklik.web.calendars.work import compare

    drafting.post(reverse("calendar_measure"))
    job = Job.objects.get(kind="compare-calendars")
    asked = Asked(job.pk, job.arguments, job.asked_by_id, lambda what, done, of: None)
    first = compare(asked)
    told = Draft.objects.get().compared
    assert compare(asked) == first == {"next": reverse("calendar_changes")}
    assert Draft.objects.get().compared == told
