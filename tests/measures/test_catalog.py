"""The catalogue: names, needs and places agree with the files and the kernel."""

from pathlib import Path

import pytest

from otklik.measures import kernel
from otklik.measures.catalog import BY_ID, COUNTS, MEASURES, PER_REQUEST, TIMES, availability
from otklik.schemas.events import Can


@pytest.mark.parametrize("measure", MEASURES, ids=str)
def test_a_measure_is_its_file_and_its_function(measure):
    assert measure.definition.__name__ == measure.id
    assert Path(measure.definition.__code__.co_filename).stem == measure.id


def test_the_kernel_keeps_them_at_the_places_of_the_catalogue():
    called = [name for name in kernel.measure_times.__code__.co_names if name in BY_ID]
    assert called == [measure.id for measure in TIMES]
    called = [name for name in kernel.measure_counts.__code__.co_names if name in BY_ID]
    assert called == [measure.id for measure in COUNTS]
    assert len(TIMES) == kernel.N_TIMES
    assert len(PER_REQUEST) == kernel.WAITS_BIT


def test_a_source_of_messages_tells_waits_but_no_states():
    assert BY_ID["waits"].is_available(Can.messages)
    assert BY_ID["waiting_on_us"].is_available(Can.messages)
    assert not BY_ID["waiting_on_third_party"].is_available(Can.messages)
    assert not BY_ID["one_touch"].is_available(Can.messages)
    assert BY_ID["one_touch"].is_available(Can.messages | Can.resolution)


def test_availability_is_a_bit_a_measure_and_one_for_the_waits():
    assert availability(Can(0)) == 0
    assert availability(Can(255)) == (1 << len(PER_REQUEST) + 1) - 1
    assert availability(Can.steps) == 1 << [measure.id for measure in PER_REQUEST].index("steps")


def test_two_headlines():
    assert [measure.id for measure in MEASURES if measure.headline] == ["first_reply", "resolution"]
