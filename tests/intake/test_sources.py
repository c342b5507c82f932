"""Every source under one contract: what it must bring, and that reading its sample gives what it says."""

import json

import pytest

from otklik.intake.registry import load_source, source_names
from tests.intake.expected import SOURCES, as_expected, plain, sample_log


@pytest.fixture(params=source_names())
def source(request):
    return request.param


def test_it_brings_a_reader_a_page_a_sample_and_its_answer(source):
    folder = SOURCES / source
    for part in ("reader.py", "README.md", "README.ru.md", "expected.json"):
        assert (folder / part).is_file(), f"{source} lacks {part}"
    assert list(folder.glob("sample*")), f"{source} lacks a sample"


def test_its_name_is_its_folder(source):
    assert load_source(source).name == source


def test_reading_the_sample_gives_what_it_says(source):
    expected = json.loads((SOURCES / source / "expected.json").read_text("utf-8"))
    log = sample_log(source)
    found = as_expected(log)
    assert found["events"] == [plain(event) for event in expected.pop("events")]
    assert {part: found[part] for part in expected} == expected


def test_its_account_adds_up(source):
    count = sample_log(source).count
    assert count.read == count.kept + count.quarantined + count.duplicate > 0


def test_it_recognises_its_own_sample(source):
    assert [facts.reader for facts in sample_log(source).sources] == [source]
