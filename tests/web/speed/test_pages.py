"""The dashboards say what the engine says, to whom it may be said."""

import html
import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from otklik.actions.keep_log import read_kept_log
from otklik.actions.make_report import Questions, report_on
from otklik.charts import Speech
from otklik.report.blocks import Figure
from otklik.report.sections.more_measures import first_measures
from otklik.report.sections.who import who
from otklik.schemas.results import Report
from otklik.schemas.views import View
from otklik.web.access import Role
from otklik.web.accounts.models import Company
from otklik.web.calendars import current
from otklik.web.calendars.models import State
from otklik.web.jobs.models import Job
from otklik.web.speed.drilling import with_ways
from otklik.web.speed.pages import DASHBOARDS, PARTS

PAGES = [f"/{name.replace('_', '-')}/" for name in DASHBOARDS]


def engine() -> Report:
    return report_on(read_kept_log(settings.DATA.log), current.yardstick(), Questions(time_zone="Europe/Moscow"))


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    return plain(re.sub(r"<[^>]+>", "", response.content.decode()))


def plain(text: str) -> str:
    """One kind of space, so that sentences can be compared."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("page", PAGES)
def test_without_records_a_page_says_what_to_do_next(owner: Client, page: str) -> None:
    assert "There are no records yet" in text_of(owner, page)
    assert 'href="/data/' in owner.get(page).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_stands_at_once_and_its_sections_come_after(filled: Company, owner: Client, page: str) -> None:
    first = owner.get(page)
    assert b"hx-get" in first.content
    assert first["Cache-Control"] == "private, no-store"
    whole = owner.get(f"{page}?whole=1")
    assert b'class="part"' in whole.content
    again = owner.get(page)
    assert b'class="part"' in again.content, "what was written once is there at once"


def test_the_median_on_the_page_is_that_of_the_engine(filled: Company, owner: Client) -> None:
    report, speech = engine(), Speech("en", zone="Europe/Moscow")
    speed = report.measures["first_reply"].elapsed
    assert speed is not None
    assert speed.median_s is not None
    shown = text_of(owner, "/part/fast/")
    assert plain(f"Half of the customers have an answer within {speech.length(speed.median_s)}") in shown
    assert plain(f"{speech.format.number(speed.n)} requests") in shown


def test_a_filter_changes_the_numbers_and_stays_in_the_address(filled: Company, owner: Client) -> None:
    everybody, chats = text_of(owner, "/part/fast/"), text_of(owner, "/part/fast/?channel=chat")
    assert everybody != chats
    page = owner.get("/how-fast/?channel=chat&start=2026-01-01").content.decode()
    assert "/part/fast/?start=2026-01-01&amp;channel=chat" in page
    assert 'value="2026-01-01"' in page


def test_an_address_nobody_can_read_says_so(filled: Company, owner: Client) -> None:
    response = owner.get("/how-fast/?start=yesterday")
    assert response.status_code == 422
    assert "cannot be read" in response.content.decode()


def test_facts_that_are_not_kept_yet_are_asked_for_once(filled: Company, owner: Client) -> None:
    State.put_in_force(State.HOURS, "", None, after=1)
    for _ in range(2):
        assert "being measured" in text_of(owner, "/now/")
    assert Job.objects.filter(kind="refresh-facts").count() == 1


@pytest.mark.parametrize("name", sorted({"waiting", "quality", "longest"}))
def test_a_viewer_sees_figures_and_no_single_request(
    filled: Company, client_of: Callable[..., Client], name: str
) -> None:
    report = engine()
    named = {entry.request for entry in report.longest} | {
        example for sign in report.quality.signs for example in sign.examples
    }
    response = client_of(Role.VIEWER).get(f"/part/{name}/")
    assert response.status_code == (404 if name == "longest" else 200)
    words = set(re.findall(r"\b\d{6}\b", response.content.decode()))
    assert named
    assert not words & named
    assert client_of(Role.VIEWER).get("/requests/").status_code == 403


def test_a_member_opens_requests_of_the_own_team_only(filled: Company, client_of: Callable[..., Client]) -> None:
    log = read_kept_log(settings.DATA.log)
    teams = {row["team"] for row in log.events.to_pylist() if row["team"]}
    own, other = sorted(teams)[:2]
    member = client_of(Role.MEMBER, own)
    listed = member.get("/requests/").content.decode()
    mine = re.findall(r'href="(/requests/[^"?]+)"', listed)
    assert mine
    assert member.get(mine[0]).status_code == 200
    theirs = client_of(Role.OWNER).get("/requests/", {"team": other}).content.decode()
    foreign = re.findall(r'href="(/requests/[^"?]+)"', theirs)
    assert foreign
    assert member.get(foreign[0]).status_code == 404
    assert "assignee" not in listed


def test_a_request_is_told_with_every_number_explained(filled: Company, owner: Client) -> None:
    listed = owner.get("/requests/").content.decode()
    address = re.findall(r'href="(/requests/[^"?]+)"', listed)[0]
    shown = text_of(owner, address)
    assert "What happened" in shown
    assert "How each number came about" in shown
    assert "First reply" in shown
    assert owner.get("/requests/nowhere/1").status_code == 422


def test_the_period_before_stands_beside(filled: Company, owner: Client) -> None:
    shown = text_of(owner, "/comparison/?start=2026-04-01&end=2026-06-30")
    assert "Half within" in shown
    assert "31 December 2025 – 31 March 2026" in shown, "ninety-one days before"


def test_the_page_speaks_russian(filled: Company, owner: Client) -> None:
    owner.cookies["otklik_language"] = "ru"
    shown = text_of(owner, "/now/?whole=1")
    assert "Кто ждёт сейчас" in shown
    assert "Who waits" not in shown


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_section_can_be_had_alone(filled: Company, owner: Client, name: str) -> None:
    response = owner.get(f"/part/{name}/")
    assert response.status_code == 200
    assert b"<style" not in response.content
    assert not re.search(rb"\sstyle=|\son[a-z]+=|<script", response.content), "a strict policy holds"


def test_unknown_sections_are_not_there(filled: Company, owner: Client) -> None:
    assert owner.get("/part/secrets/").status_code == 404


def test_persons_are_compared_by_nobody_who_may_not_see_them(filled: Company, client_of: Callable[..., Client]) -> None:
    people = {row["assignee"] for row in read_kept_log(settings.DATA.log).events.to_pylist() if row["assignee"]}
    seen = client_of(Role.VIEWER).get("/part/who/?by=assignee").content.decode()
    assert people
    assert not any(person in seen for person in people)
    assert any(person in client_of(Role.OWNER).get("/part/who/?by=assignee").content.decode() for person in people)


def rows_of(page: str) -> list[tuple[str, str, int]]:
    """(address, group, how many) of the ways on from "who waits most"."""
    found = re.findall(r'<li><a href="(/requests/\?[^"]+)">([^<]+) <small>([^<]+)</small>', page)
    return [(html.unescape(address), html.unescape(name), int(re.sub(r"\D", "", n))) for address, name, n in found]


def test_each_group_leads_to_the_list_of_its_requests(filled: Company, owner: Client) -> None:
    ways = rows_of(owner.get("/part/who/?start=2026-01-01&cohort=resolved&by=").content.decode())
    channels = {name: (address, n) for address, name, n in ways if "channel=" in address}
    assert len(channels) > 2
    for name, (address, n) in channels.items():
        assert address == f"/requests/?start=2026-01-01&cohort=resolved&channel={name}"
        told = text_of(owner, address)
        (shown,) = re.findall(r"([\d,]+) requests? ", told)[:1]
        assert int(shown.replace(",", "")) >= n > 0
        assert f" · {name} · " in told or f" · {name}" in told


def test_a_value_that_looks_like_an_address_stays_a_value(filled: Company, owner: Client) -> None:
    report = engine()
    cut = next(cut for cut in report.slices if cut.by == "channel")
    odd = cut.rows[0].model_copy(update={"value": "a&team=b?<x>/é #1"})
    told = report.model_copy(update={"slices": [cut.model_copy(update={"rows": [odd, *cut.rows[1:]]})]})
    speech = Speech.about(told, "en")
    led = with_ways(who(told, speech), told, View(), speech)
    figure = next(block for block in led.blocks if isinstance(block, Figure))
    assert View.of_pairs(parse_qsl(urlsplit(figure.ways[0].address).query)).channel == ("a&team=b?<x>/é #1",)


def test_attributes_that_no_filter_knows_lead_nowhere(filled: Company) -> None:
    report = engine()
    cut = next(cut for cut in report.slices if cut.by == "channel")
    told = report.model_copy(update={"slices": [cut.model_copy(update={"by": "assignee"})]})
    speech = Speech.about(told, "en")
    led = with_ways(who(told, speech), told, View(), speech)
    assert not any(block.ways for block in led.blocks if isinstance(block, Figure))


def test_who_may_not_open_requests_is_not_led_to_them(filled: Company, client_of: Callable[..., Client]) -> None:
    page = client_of(Role.VIEWER).get("/part/who/").content.decode()
    assert "email" in page and not rows_of(page)


def test_more_measures_are_counted_when_they_are_opened(filled: Company, owner: Client) -> None:
    first = owner.get("/part/fast/?channel=chat").content.decode()
    assert "First reply" in first
    page = owner.get("/how-fast/?channel=chat").content.decode()
    (asked,) = re.findall(r'<details class="on-demand" hx-get="([^"]+)" hx-trigger="toggle once, again"', page)
    more = html.unescape(text_of(owner, html.unescape(asked)))
    report, speech = engine(), Speech("en")
    for name, result in report.measures.items():
        if result.elapsed and not result.all_zero:
            assert (speech.measure(name) in more) is (name not in first_measures())
            assert (speech.measure(name) in html.unescape(first)) is (name in first_measures())
    again = owner.get("/how-fast/?channel=chat").content.decode()
    assert '<details class="on-demand">' in again and 'hx-trigger="toggle' not in again
