"""A promise to customers becomes a committed key result: the form comes filled in, nothing is kept without a click."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.calendars.models import State
from otklik.web.calendars.promises import Promise, write_promises
from otklik.web.goals.models import KeyResult, Objective
from tests.web.goals.sent import untouched


@pytest.fixture
def promised(boss: User) -> None:
    told = [
        Promise(line=1, measure="first_reply", within_s=14_400, share=0.9),
        Promise(line=2, measure="resolution", within_s=172_800, share=0.8, clock="business", only={"channel": "email"}),
    ]
    State.objects.create(kind=State.TARGETS, number=1, text=write_promises(told), by=boss)


def page(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def test_a_target_fills_the_form_and_saves_as_committed(promised: None, objective: Objective, boss: User) -> None:
    browser = Client()
    browser.force_login(boss)
    address = reverse("key_result_new", args=[objective.pk])
    links = re.findall(rf'href="({address}\?promised=\w+)">([^<]+)<', page(browser, address))
    assert [html.unescape(text).replace("\xa0", " ") for _, text in links] == [
        "First reply within 4 h for 90% of requests", "Resolution within 48 h for 80% of requests, email",
    ]  # fmt: skip
    before = KeyResult.objects.count()
    filled: Any = browser.get(links[1][0])
    assert filled.status_code == 200 and KeyResult.objects.count() == before
    sent = untouched(filled.content.decode())
    assert browser.post(links[1][0], sent).status_code == 302
    row = objective.key_results.order_by("id").last()
    assert row is not None and (row.direction, row.commitment, row.unit, row.target) == (
        "keep_above", "committed", "share", 0.8,
    )  # fmt: skip
    source = row.read_source().model_dump()
    assert (source["measure"], source["clock"], source["within_s"]) == ("resolution", "business", 172_800)
    assert source["which"]["channel"] == ("email",)
    assert len(re.findall(r"\?promised=", page(browser, address))) == 1, "what is there already is not offered"
    row.source["which"] = {"channel": ["email"]}
    row.save()
    assert len(re.findall(r"\?promised=", page(browser, address))) == 1, (
        "nor what was kept when slices had fewer columns"
    )


def test_without_targets_nothing_is_offered(objective: Objective, boss: User) -> None:
    browser = Client()
    browser.force_login(boss)
    address = reverse("key_result_new", args=[objective.pk])
    assert "?promised=" not in page(browser, address)
    assert browser.get(f"{address}?promised=x").status_code == 200
