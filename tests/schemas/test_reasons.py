from otklik.base.text import Words
from otklik.intake.checks import CHECKS
from otklik.report.sections.quality import REASONS as REPORTED
from otklik.schemas.reasons import REASONS


def test_a_reason_reads_the_same_wherever_it_is_told():
    assert REASONS == REPORTED


def test_every_check_of_a_log_has_its_words_in_both_languages():
    assert {check.reason for check in CHECKS} <= REASONS.keys()
    assert all(Words("ru").say(text) != text for text in REASONS.values())
