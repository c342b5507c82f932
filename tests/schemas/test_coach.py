"""What the coach is told and gives back."""

import pytest
from pydantic import ValidationError

from otklik.schemas.coach import Fix, LogSays, Strength
from otklik.schemas.goals import Finding


def test_what_the_log_says_survives_json() -> None:
    told = LogSays.model_validate({
        "on": "2026-03-01", "measured": 62, "measured_low": 55, "measured_high": 71, "missing_channels": ["phone"],
        "check_ins": [{"day": "2026-02-23", "confidence": 0.8, "probability": 0.1}],
        "gaming": [{"kind": "pile_up", "now": 6, "before": 1.2}],
    })  # fmt: skip
    assert LogSays.model_validate_json(told.model_dump_json()) == told


@pytest.mark.parametrize("wrong", [{"unusable_share": 2}, {"gaming": [{"kind": "luck", "now": 1}]}, {"mood": "good"}])
def test_what_nobody_can_mean_is_refused(wrong: dict) -> None:
    with pytest.raises(ValidationError):
        LogSays.model_validate({"on": "2026-03-01", **wrong})


def test_a_score_is_of_a_hundred() -> None:
    finding = Finding(rule="O1", severity="warning", place="objective:1", key="o1.ships")
    assert Strength(score=88, fixes=(Fix(finding=finding, gain=12),)).fixes[0].gain == 12
    with pytest.raises(ValidationError):
        Strength(score=101)
