"""One text without a person."""

from otklik.actions.hide_person import hide_person


def test_the_person_is_hidden_and_others_are_not() -> None:
    hide = hide_person(["Anna Petrova", "17"], "person-x")
    assert hide("about anna petrova: 17, 170") == "about person-x: person-x, 170"
    assert hide("about Boris") == "about Boris"
