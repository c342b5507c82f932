"""A goal goes into a file and comes back; what nobody can mean is refused."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from otklik.schemas.goals import NEED_STATES, Bound, Cycle, DayCount, KeyResult, Manual, Need, Pushed


def test_a_cycle_survives_its_way_through_json() -> None:
    told = {
        "title": "Q3",
        "start": "2026-07-01",
        "end": "2026-09-30",
        "objectives": [
            {
                "title": "No customer ever feels forgotten",
                "key_results": [
                    {
                        "title": "share answered within 15 minutes from 48% to 80%",
                        "source": {"how": "measure", "measure": "first_reply", "within_s": 900},
                    },
                    {"title": "NPS from 31 to 45", "source": {"how": "pushed", "series": "nps"}},
                    {"title": "calls", "direction": "keep_below"},
                ],
            }
        ],
    }
    cycle = Cycle.model_validate(told)
    assert [type(kr.source) for kr in cycle.objectives[0].key_results] == [Bound, Pushed, Manual]
    assert Cycle.model_validate_json(cycle.model_dump_json()) == cycle


@pytest.mark.parametrize(
    "wrong", [{"weight": 0}, {"direction": "sideways"}, {"source": {"how": "guess"}}, {"colour": "red"}]
)
def test_what_nobody_can_mean_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        KeyResult.model_validate({"title": "x", **wrong})


def test_a_day_has_no_negative_requests() -> None:
    with pytest.raises(ValidationError):
        DayCount.model_validate({"day": "2026-07-01", "n": -1, "k": 0})


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, "open"),
        ({"answer": "confirmed"}, "confirmed"),
        ({"answer": "declined"}, "declined"),
        ({"risk_owner": "anna@example.org"}, "carried"),
        ({"answer": "declined", "risk_owner": "anna@example.org"}, "carried"),
        ({"answer": "confirmed", "delivered_on": date(2026, 6, 1)}, "delivered"),
    ],
)
def test_a_need_stands_where_its_last_word_put_it(said: dict[str, Any], state: str) -> None:
    need = Need(team="Orders", what="Evenings", due=date(2026, 6, 30), **said)
    assert need.state == state and state in NEED_STATES
