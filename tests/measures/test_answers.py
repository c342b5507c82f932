"""What a first reply and an acknowledgement share."""

from otklik.measures.answers import first_answer
from otklik.measures.codes import ANSWERS, CUSTOMER_WROTE, DONE, IS_OPEN, NONE, NOT_APPLICABLE, RUNNING
from otklik.measures.timeline import Life


def test_the_time_before_anybody_asked_does_not_count():
    out = [0] * 20
    assert first_answer(Life(3, 3, IS_OPEN, 1, 0), [0, CUSTOMER_WROTE, ANSWERS], ANSWERS, out) == DONE
    assert out[:9] == [2, 0, 1, 0, 4, 1, 2, 3, 0]


def test_an_answer_of_another_kind_is_none():
    out = [0] * 20
    assert first_answer(Life(2, 2, IS_OPEN, 0, 0), [CUSTOMER_WROTE, ANSWERS], 1 << 20, out) == RUNNING
    assert out[:5] == [1, 0, 2, 3, 3]


def test_nobody_asked():
    out = [0] * 20
    assert first_answer(Life(2, 2, IS_OPEN, NONE, 0), [0, ANSWERS], ANSWERS, out) == NOT_APPLICABLE
