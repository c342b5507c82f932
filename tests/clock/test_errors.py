import re
from pathlib import Path

import pytest
from babel.messages import pofile

from otklik.base.errors import UserError
from otklik.clock import errors

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, UserError)]
KINDS = [kind for kind in KINDS if kind not in (UserError, errors.CalendarFileError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_error_says_what_is_wrong_with_its_facts(kind):
    places = set(re.findall(r"%\((\w+)\)s", kind.message + kind.hint))
    assert all(f"`{place}`" in _docs(kind) for place in places)
    assert "%(" not in str(kind(**dict.fromkeys(places, "x")))


def test_codes_are_unique():
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def _docs(kind):
    return " ".join(base.__doc__ or "" for base in kind.__mro__ if issubclass(base, UserError))


def test_every_sentence_has_its_russian():
    catalogue = Path(errors.__file__).parents[1] / "locale" / "ru" / "clock.po"
    russian = pofile.read_po(catalogue.open("rb"), locale="ru")
    for text in (text for kind in KINDS for text in (kind.message, kind.hint) if text):
        there = russian.get(text)
        assert there and set(re.findall(r"%\(\w+\)s", str(there.string))) <= set(re.findall(r"%\(\w+\)s", text)), text
