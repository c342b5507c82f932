"""What people and data said, held against what came of it."""

from datetime import date

import pytest

from otklik.actions.compare_honesty import FEWEST, compare_honesty
from otklik.schemas.track_records import Ended, SaidThen

DAY = date(2026, 10, 5)


def over(name: str, data: float | None, people: float | None, *, happened: bool) -> Ended:
    return Ended(key_result=name, happened=happened, said=(SaidThen(day=DAY, shown=data, confidence=people),))


def test_people_who_were_too_sure_are_told_so_beside_the_data() -> None:
    told = compare_honesty([over(f"k{n}", 0.2, 0.9, happened=False) for n in range(FEWEST)])
    assert told is not None
    assert told.data == pytest.approx(0.04) and told.people == pytest.approx(0.81)
    assert told.optimism == pytest.approx(0.9) and told.key_results == FEWEST


def test_only_days_count_on_which_both_said_something() -> None:
    ended = [over(f"k{n}", 0.2, 0.9, happened=False) for n in range(FEWEST)]
    more = [*ended, over("silent", 0.9, None, happened=True), over("typed", None, 0.1, happened=True)]
    assert compare_honesty(more) == compare_honesty(ended)


def test_of_few_key_results_nothing_is_told() -> None:
    assert compare_honesty([over(f"k{n}", 0.2, 0.9, happened=False) for n in range(FEWEST - 1)]) is None
    assert compare_honesty([]) is None
