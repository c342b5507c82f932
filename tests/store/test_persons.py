"""A person in rows: found by whole names only, replaced in every column, own words taken out."""

import pytest

from otklik.schemas.events import EVENTS, REQUESTS
from otklik.store.importing import as_coded
from otklik.store.persons import Person, kind_of_rows, requests_of_person, without_person
from tests.store.people import ANNA, met_everywhere

PERSON = Person.of([ANNA, " anna@example.org "], "person-x")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ANNA, "person-x"),
        ("from ANNA PETROVA, yesterday", "from person-x, yesterday"),
        ("mail anna@example.org!", "mail person-x!"),
        ("Anna Petrovarova", "Anna Petrovarova"),
        ("Hanna Petrova", "Hanna Petrova"),
        ("Anna", "Anna"),
    ],
)
def test_a_name_is_found_as_a_word_and_in_any_letters(text: str, told: str) -> None:
    assert PERSON.in_words(text) == told
    assert PERSON.is_in(text) == (told != text)


@pytest.mark.parametrize("name", ["17", "Ann", "20260101"])
def test_a_number_or_a_very_short_name_is_found_as_a_whole_cell_only(name: str) -> None:
    person = Person.of([name], "person-x")
    assert person.in_words(name) == "person-x"
    assert person.in_words(f"room {name} of 170") == f"room {name} of 170"
    assert person.is_in(f"R1;{name};x") and not person.is_in(f"R1;{name}0;x{name}")
    assert person.hidden(f'R1,"{name}",x') == 'R1,"person-x",x'


def test_signs_of_patterns_in_a_name_are_letters() -> None:
    person = Person.of(["a.b*c (x)"], "p")
    assert person.in_words("a.b*c (x)") == "p" and not person.is_in("aXbbbc (x)")


def test_nobody_has_no_name() -> None:
    with pytest.raises(ValueError, match="without a name"):
        Person.of([" ", ""], "p")


def test_the_rows_of_a_person_lose_name_and_words_and_no_other_row_changes() -> None:
    log = met_everywhere()
    rows = as_coded(log.requests, REQUESTS)
    own = requests_of_person(rows, PERSON)
    assert own.request.to_pylist() == ["R1"]
    told, changed = without_person(rows, "history_requests", PERSON, own)
    assert changed.tolist() == [True, True, False]
    mine, mentioned, other = told.to_pylist()
    assert (mine["customer"], mine["subject"], mine["attributes"]) == ("person-x", None, [])
    assert (mentioned["subject"], mentioned["attributes"]) == ("about person-x, and 17", [("contact", "person-x")])
    assert other == rows.to_pylist()[2]


def test_events_lose_the_name_of_those_who_act_and_hold() -> None:
    rows = as_coded(met_everywhere().events, EVENTS)
    told, changed = without_person(
        rows, "events", PERSON, requests_of_person(as_coded(met_everywhere().requests, REQUESTS), PERSON)
    )
    assert changed.tolist() == [True, False, False, False, True, False]
    assert told["actor"].to_pylist() == ["person-x", "Boris Agent", "Boris Agent", "Clara", "person-x", "17"]
    assert told["team"].to_pylist()[4] == "Team of person-x"
    assert told.drop(["actor", "assignee", "team"]).equals(rows.drop(["actor", "assignee", "team"]))


def test_nothing_at_all_is_no_trouble() -> None:
    log = met_everywhere()
    own = requests_of_person(as_coded(log.requests.slice(0, 0), REQUESTS), PERSON)
    for name, schema, rows in (("events", EVENTS, log.events), ("requests", REQUESTS, log.requests)):
        told, changed = without_person(as_coded(rows.slice(0, 0), schema), name, PERSON, own)
        assert told.num_rows == 0 and not len(changed)
    assert kind_of_rows("history_events") == "events"
