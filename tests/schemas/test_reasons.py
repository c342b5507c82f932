"""Reasons why a record was set aside."""

from otklik.base.text import Words
from otklik.intake.checks import CHECKS
from otklik.schemas.reasons import REASONS


def test_every_check_of_a_log_has_its_words_in_both_languages() -> None:
    assert {check.reason for check in CHECKS} <= REASONS.keys()
    assert all(Words("ru").say(text) != text for text in REASONS.values())
