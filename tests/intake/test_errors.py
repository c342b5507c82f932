import pytest

from otklik.base.errors import FileError, UserError
from otklik.base.text import Words
from otklik.intake import errors

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and kind.__module__ == errors.__name__]
FACTS = {
    "file": "a.csv", "seen": "GIF89a", "known": "table", "format": "x", "quarantined": 3, "reason": "bad-date",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_error_says_what_and_what_to_try(kind, language):
    error = kind(**FACTS)
    said = Words(language).error(error)
    assert issubclass(kind, UserError)
    assert len(said.splitlines()) == 2 and "%(" not in said


def test_broken_files_are_file_errors_with_a_code_of_their_own():
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    assert issubclass(errors.UnknownFormat, FileError)
