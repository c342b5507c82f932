import pytest

from otklik.base.errors import FileError, UserError
from otklik.base.text import Words


def test_an_error_says_what_where_and_what_to_try() -> None:
    said = str(FileError(file="tickets.csv", reason="it is empty"))
    assert said == "tickets.csv cannot be read: it is empty. Export the file again, or name its format with --format."


def test_an_error_keeps_its_code_and_facts_for_programs() -> None:
    error = FileError(file="a.csv", reason="no rows", row=3)
    assert (error.code, error.facts["row"]) == ("file-unreadable", 3)
    assert isinstance(error, UserError)


def test_what_the_system_says_of_a_file_is_told_in_the_readers_language() -> None:
    with pytest.raises(OSError) as found:
        open("/no/such/file")  # noqa: SIM115, PTH123
    told = Words("ru").error(FileError(file="a.csv", reason=found.value.strerror))
    assert told.startswith("Не удаётся прочитать a.csv: такого файла или папки нет.")
