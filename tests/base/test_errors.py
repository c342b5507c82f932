from otklik.base.errors import FileError, UserError


def test_an_error_says_what_where_and_what_to_try() -> None:
    said = str(FileError(file="tickets.csv", reason="it is empty"))
    assert said == "tickets.csv cannot be read: it is empty. Export the file again, or name its format with --format."


def test_an_error_keeps_its_code_and_facts_for_programs() -> None:
    error = FileError(file="a.csv", reason="no rows", row=3)
    assert (error.code, error.facts["row"]) == ("file-unreadable", 3)
    assert isinstance(error, UserError)
