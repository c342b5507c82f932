from otklik.base.errors import FileError
from otklik.base.text import Words
from otklik.schemas.log import Guess, ImportCount
from otklik.schemas.previews import Preview, PreviewColumn, PreviewPart, Problem

PART = PreviewPart(
    reader="table",
    is_table=True,
    files=("a.csv",),
    columns=(PreviewColumn(heading="Ticket", role="request", reason="by its heading"), PreviewColumn(heading="Notes")),
    rows=(("1", None),),
)


def test_a_problem_says_at_the_door_what_the_error_would_have_said():
    error = FileError(file="a.csv", reason="it is no table")
    for words in (Words("en"), Words("ru")):
        assert words.error(Problem.of(error)) == words.error(error)


def test_roles_are_given_back_as_they_can_be_told_again():
    assert PART.roles() == {"Ticket": "request"}


def test_a_guess_is_found_by_its_kind():
    zone = Guess(what="time_zone", value="UTC", reason="it was told")
    seen = Preview(
        parts=(PART,), guesses=(zone,), count=ImportCount(), requests=0, events=0, is_whole=True, mapping={}
    )  # fmt: skip
    assert seen.guess("time_zone") == zone
    assert seen.guess("date_order") is None
    assert Preview.model_validate_json(seen.model_dump_json()) == seen
