import pytest

from otklik.findings.slicing import UnknownColumn, column_of, columns_of, offered
from tests.findings.cases import evidence_of

LOG = """
R1 2025-03-03 10:00 asks channel=email
R1 2025-03-03 10:01 assigned team=first assignee=Ann
R1 2025-03-03 10:02 assigned team=second assignee=Bob
R2 2025-03-03 10:00 asks channel=chat
R3 2025-03-03 10:00 asks
"""
REQUESTS = [
    {"request": "R1", "priority": "high", "attributes": {"product": "pump"}},
    {"request": "R2", "priority": " ", "channel": "form", "attributes": {"product": "valve"}},
]


def _values(evidence, by):
    column = column_of(evidence, by)
    return [column.names[code] if code >= 0 else None for code in column.code]


def test_a_channel_comes_from_the_description_or_else_from_the_events():
    assert _values(evidence_of(LOG, requests=REQUESTS), "channel") == ["email", "form", None]


def test_a_team_is_the_last_that_held_it():
    evidence = evidence_of(LOG, requests=REQUESTS)
    assert _values(evidence, "team") == ["second", None, None]
    assert _values(evidence, "assignee") == ["Bob", None, None]


def test_blank_is_no_value():
    assert _values(evidence_of(LOG, requests=REQUESTS), "priority") == ["high", None, None]


@pytest.mark.parametrize("word", ["EMPTY", "(null)", "N/A", "none", "-"])
def test_a_word_for_nothing_is_no_group(word):
    described = [
        {"request": "R1", "attributes": {"product": "pump"}},
        {"request": "R2", "attributes": {"product": word}},
    ]
    assert _values(evidence_of(LOG, requests=described), "product") == ["pump", None, None]


def test_attributes_and_the_source_are_columns_too():
    evidence = evidence_of(LOG, requests=REQUESTS)
    assert _values(evidence, "product") == ["pump", "valve", None]
    assert _values(evidence, "source") == ["desk"] * 3
    assert columns_of(evidence) == ["source", "channel", "priority", "team", "assignee", "product"]


def test_persons_are_not_offered_and_attributes_fill_up():
    assert offered(evidence_of(LOG, requests=REQUESTS)) == ["channel", "product"]


def test_a_column_nobody_knows_is_named_with_those_that_are_there():
    with pytest.raises(UnknownColumn) as caught:
        column_of(evidence_of(LOG, requests=REQUESTS), "colour")
    assert caught.value.facts["column"] == "colour"
    assert "product" in caught.value.facts["columns"]


def test_no_requests_no_columns():
    assert offered(evidence_of("")) == []
