from unicodedata import category

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


def test_what_unicode_calls_control_or_half_a_pair_is_taken_out_and_nothing_else_but_turning_marks():
    text = "".join(map(chr, range(0x3000))) + "\ud800\udfff\ufeff\ufffe\uffff"
    gone = set(text) - set(printable(text))
    marks = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")
    assert gone == {c for c in text if category(c) in ("Cc", "Cs")} - {"\n", "\t"} | marks
