"""Pseudonyms: stable, keyed, and remembered so that an old export brings nobody back."""

from pathlib import Path

from otklik.store.pseudonyms import FOLDER, Pseudonyms
from tests.store.people import ANNA, met_everywhere, places_of


def test_a_person_has_one_pseudonym_whatever_the_letters_and_another_log_another(tmp_path: Path) -> None:
    here, there = Pseudonyms(tmp_path / "here"), Pseudonyms(tmp_path / "there")
    one = here.person([ANNA]).pseudonym
    assert one.startswith("person-")
    assert Pseudonyms(tmp_path / "here").person([ANNA.upper()]).pseudonym == one
    assert there.person([ANNA]).pseudonym != one != here.person(["Boris"]).pseudonym


def test_another_spelling_of_somebody_forgotten_gets_the_same_pseudonym(tmp_path: Path) -> None:
    pseudonyms = Pseudonyms(tmp_path)
    first = pseudonyms.person([ANNA, "a.petrova"])
    pseudonyms.remember(first)
    assert pseudonyms.person(["Petrova Anna", "A.Petrova"]).pseudonym == first.pseudonym


def test_the_key_is_for_its_owner_only_and_no_name_is_written_down(tmp_path: Path) -> None:
    pseudonyms = Pseudonyms(tmp_path)
    pseudonyms.remember(pseudonyms.person([ANNA]))
    assert (tmp_path / FOLDER / "pseudonym.key").stat().st_mode & 0o077 == 0
    assert len(Pseudonyms(tmp_path).forgotten) == 1 and not places_of(ANNA, tmp_path)


def test_an_old_export_comes_in_without_those_who_were_forgotten(tmp_path: Path) -> None:
    pseudonyms = Pseudonyms(tmp_path)
    log = met_everywhere()
    assert pseudonyms.applied(log) is log
    person = pseudonyms.person([ANNA])
    pseudonyms.remember(person)
    told = Pseudonyms(tmp_path).applied(log)
    assert ANNA not in repr([told.events.to_pylist(), told.requests.to_pylist()])
    assert told.events["actor"].to_pylist().count(person.pseudonym) == 2
    assert told.events.schema.equals(log.events.schema) and told.requests.schema.equals(log.requests.schema)
    assert told.quarantine["raw"].to_pylist() == [None, "R10,Clara,?"]
    assert ANNA not in repr(told.quarantine.to_pylist()) and ANNA not in repr(told.sources)
