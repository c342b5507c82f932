import pytest

from otklik.findings.reasons import change_reasons
from tests.findings.cases import at, many

MIDDLE = at("2025-04-21 00:00")


def test_a_better_service_in_every_channel_is_no_matter_of_mix():
    evidence = many(1600, weeks=30, speed=lambda row, week: 0.4 if week >= 15 else 1.0)
    (reason,) = change_reasons(evidence, evidence.durations("first_reply"), 3600.0, [MIDDLE])
    assert reason.by == "channel"
    assert reason.change > 0.2
    assert abs(reason.mix) < 0.02
    assert sum(part.mix + part.within for part in reason.parts) == pytest.approx(reason.change)


def test_only_the_chat_became_faster():
    evidence = many(1600, weeks=30, speed=lambda row, week: 0.3 if week >= 15 and row % 2 else 1.0)
    (reason,) = change_reasons(evidence, evidence.durations("first_reply"), 3600.0, [MIDDLE])
    parts = {part.value: part for part in reason.parts}
    assert parts["chat"].within > 5 * abs(parts["email"].within)
    assert parts["chat"].share_after > parts["chat"].share_before


def test_no_change_needs_no_reason():
    evidence = many(100)
    assert change_reasons(evidence, evidence.durations("first_reply"), 3600.0, []) == []


def test_one_channel_alone_explains_nothing():
    evidence = many(300, channels=("email",))
    assert change_reasons(evidence, evidence.durations("first_reply"), 3600.0, [MIDDLE]) == []


def test_a_part_that_was_not_followed_long_enough_explains_nothing():
    evidence = many(300, weeks=30, speed=lambda row, week: 200.0)
    late = at("2025-07-31 00:00")
    assert change_reasons(evidence, evidence.durations("first_reply"), 1e9, [late]) == []
