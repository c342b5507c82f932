"""Every rule has its title, reason and source; every remark has its words in both languages."""

from otklik.base.text import Words
from otklik.schemas.coach import LINE_KINDS, RULE_KINDS, SEVERITIES
from otklik.schemas.coach_words import REMARKS, SOURCES, TITLES, WHYS


def test_thirty_rules_have_their_words() -> None:
    assert len(TITLES) == 30
    assert TITLES.keys() == WHYS.keys() == SOURCES.keys()


def test_every_remark_belongs_to_a_rule_or_to_sorting() -> None:
    assert {key.partition(".")[0] for key in REMARKS} == {id.lower() for id in TITLES} | {"sort"}


def test_everything_is_said_in_russian_too() -> None:
    russian = Words("ru")
    for words in (TITLES, WHYS, SOURCES, REMARKS, LINE_KINDS, RULE_KINDS, SEVERITIES):
        assert all(russian.say(text) != text for text in words.values())
