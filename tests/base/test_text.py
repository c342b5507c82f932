from otklik.base.errors import FileError
from otklik.base.text import Words


def test_english_is_the_key_and_the_fallback() -> None:
    assert Words("en").say("Nobody ever translated this.") == "Nobody ever translated this."
    assert Words("ru").say("Nobody ever translated this.") == "Nobody ever translated this."


def test_an_unknown_language_speaks_english() -> None:
    assert Words("tlh").language == "en"


def test_facts_fill_the_places() -> None:
    assert Words("en").say("%(n)s of %(of)s", n=3, of=5) == "3 of 5"


def test_a_text_without_facts_keeps_its_percent_sign() -> None:
    assert Words("en").say("95 % sure") == "95 % sure"


def test_a_count_chooses_its_form() -> None:
    words = Words("en")
    assert [words.count("%(n)s day", "%(n)s days", n) for n in (1, 2)] == ["1 day", "2 days"]


def test_an_error_is_said_in_two_lines() -> None:
    said = Words("en").error(FileError(file="a.csv", reason="it is empty"))
    assert said.splitlines()[0] == "a.csv cannot be read: it is empty."
    assert len(said.splitlines()) == 2


def test_the_empty_text_stays_empty() -> None:
    """gettext answers the empty key with the catalogue's header; nobody wants to read that."""
    assert Words("ru").say("") == ""


def test_a_vocabulary_says_some_otherwise_and_the_rest_as_always() -> None:
    plain, task = Words("ru"), Words("ru", "task")
    assert (plain.say("A new goal"), task.say("A new goal")) == ("Новая цель", "Новая задача")
    assert task.say("Key results") == plain.say("Key results") != "Key results"
    assert [task.count("%(n)s goal", "%(n)s goals", n) for n in (1, 2, 5)] == ["1 задача", "2 задачи", "5 задач"]
    assert task.count("%(n)s day", "%(n)s days", 5) == plain.count("%(n)s day", "%(n)s days", 5)
    english = Words("en", "objective")
    assert (english.say("A new goal"), english.say("Nobody ever translated this.")) == (
        "A new objective", "Nobody ever translated this.",
    )  # fmt: skip
