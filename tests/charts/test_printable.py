import pytest

from otklik.charts.printable import clipped, printable, printable_spec


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Привет, №5", "Привет, №5"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("half \ud800 pair", "half  pair"),
        ("\u202egnp.exe", "gnp.exe"),
        ("two\nlines", "two\nlines"),
        ("family 👨‍👩‍👧", "family 👨‍👩‍👧"),
        ("bad\ufffe", "bad"),
    ],
)
def test_what_cannot_be_shown_is_taken_out(text: str, shown: str):
    assert printable(text) == shown


def test_long_texts_become_one_short_line():
    assert clipped("one\n two\tthree") == "one two three"
    assert len(clipped("x" * 10_000)) == 90 and clipped("x" * 10_000).endswith("…")


def test_a_whole_spec_is_cleaned():
    assert printable_spec({"a": ["\x07x", {"b": "y\x00"}], "n": 1}) == {"a": ["x", {"b": "y"}], "n": 1}
