"""One text without a person: the pseudonym stands where the person is named."""

from collections.abc import Callable, Sequence


def hide_person(names: Sequence[str], pseudonym: str) -> Callable[[str], str]:
    """Make a function that hides the person of these spellings in a text; other texts come back as they are."""
    from otklik.store.persons import Person

    return Person.of(names, pseudonym).hidden
