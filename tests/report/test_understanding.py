from otklik.base.text import Words
from otklik.report.understanding import GUESSES, ROLES, VALUES, render_guesses, understood
from otklik.schemas.log import Guess

COLUMN = Guess(what="column", value="created", reason="by its heading", facts={"column": "Opened"})
ZONE = Guess(what="time_zone", value="UTC", reason="the times name no zone: set yours with --tz")


def test_a_column_and_its_role_are_shown_together() -> None:
    assert understood(COLUMN, Words("en")) == ("Opened → when it came (created)", "by its heading")


def test_other_guesses_are_named() -> None:
    assert understood(ZONE, Words("en"))[0] == "time zone: UTC"
    assert understood(ZONE, Words("ru"))[0] == "часовой пояс: UTC"


def test_a_percent_sign_in_a_value_is_just_a_value() -> None:
    guess = Guess(what="column", value="ignore", reason="by its heading", facts={"column": "100% done %(n)s"})
    assert understood(guess, Words("en"))[0] == "100% done %(n)s → left out (ignore)"


def test_for_the_terminal_it_is_a_line_each() -> None:
    lines = render_guesses([COLUMN, ZONE]).splitlines()
    assert len(lines) == 2
    assert lines[0].index("by its") == lines[1].index("the times")


def test_nothing_guessed_is_nothing_said() -> None:
    assert render_guesses([]) == ""


def test_codes_are_words_and_what_corrects_them_stands_beside() -> None:
    russian = Words("ru")
    assert understood(COLUMN, russian) == ("Opened → когда поступило (created)", "по заголовку")
    state = Guess(what="state", value="open", reason="these states mean it: %(names)s", facts={"names": "Open"})
    assert understood(state, russian)[0] == "Open → в работе (open)"
    told = [("date_order", "mdy", "порядок в датах: месяц впереди"), ("delimiter", "comma", "разделитель: запятая"),
            ("history", "no", "история: не используются"), ("requests", "3", "обращения: 3"),
            ("us", "table", "мы — это: table")]  # fmt: skip
    for what, value, words in told:
        assert understood(Guess(what=what, value=value, reason=""), russian)[0] == words


def test_every_role_and_every_format_word_has_its_russian() -> None:
    russian = Words("ru")
    for text in [*ROLES.values(), *VALUES.values(), *GUESSES.values()]:
        assert russian.say(text) != text, text
