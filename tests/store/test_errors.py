import inspect

import pytest

from otklik.base.errors import UserError
from otklik.base.text import Words
from otklik.store import errors

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, UserError) and kind is not UserError
]
FACTS = dict.fromkeys(
    ("folder", "pid", "since", "found", "known", "import_id", "at", "settled", "source", "format", "rows", "most"), "7"
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_error_says_what_is_wrong_and_what_to_try(kind: type[UserError], language: str) -> None:
    said = Words(language).error(kind(**FACTS))
    assert len(said.splitlines()) == 2
    assert "%(" not in said


def test_codes_are_unlike() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
