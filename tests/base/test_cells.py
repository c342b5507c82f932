import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.cells import make_safe, restore


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 495", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"]
)
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert make_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Anna", "1-2", "'tis", "a=b", " =1"])
def test_other_texts_stay(text: str) -> None:
    assert make_safe(text) == text
    assert restore(text) == text


@given(st.text(alphabet="'=+-@\t\r\n＝a1 ", max_size=6))
def test_the_way_back_is_exact(text: str) -> None:
    assert restore(make_safe(text)) == text
    assert not make_safe(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
