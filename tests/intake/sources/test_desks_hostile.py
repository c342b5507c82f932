"""Every desk's own sample with something in it made senseless: read, set aside or refused, never a crash."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.base.errors import FileError
from otklik.intake.building import LogBuilder
from otklik.intake.registry import load_source
from otklik.intake.source import Input, ReadOptions
from tests.intake.expected import SOURCES

DESKS = ("zendesk", "jira", "servicenow", "github", "chatwoot", "zammad")
ODD = st.sampled_from(
    [None, True, -1, 10**400, 1e308, "", "x", "\ud800", "\x00", "9999-12-31T00:00:00Z", [], {}, [[]], {"id": {}},
     [None, 7], "2024-03-04T10:00:00+99:99", {"id": 1}, [{"id": []}], -(10**18)]
)  # fmt: skip


def sample_of(desk: str) -> list[Path]:
    folder = SOURCES / desk
    return sorted((folder / "sample").iterdir()) if (folder / "sample").is_dir() else sorted(folder.glob("sample.*"))


def places_in(value: object, path: tuple = ()) -> list[tuple]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [place for key, item in inside for place in places_in(item, (*path, key))]


def spoil(value: object, place: tuple, odd: object) -> None:
    for key in place[:-1]:
        value = value[key]  # type: ignore[index]
    value[place[-1]] = copy.deepcopy(odd)  # type: ignore[index]


@pytest.mark.parametrize("desk", [desk for desk in DESKS if desk != "servicenow"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_senseless_value_anywhere_is_no_crash(desk, tmp_path, data):
    files = []
    for path in sample_of(desk):
        text = path.read_text("utf-8")
        value = [json.loads(line) for line in text.splitlines()] if path.suffix == ".ndjson" else json.loads(text)
        places = places_in(value)
        for _ in range(3):
            place = data.draw(st.sampled_from(places))
            try:
                spoil(value, place, data.draw(ODD))
            except (TypeError, KeyError, IndexError):
                continue
        copy = tmp_path / path.name
        copy.write_text(
            "".join(json.dumps(one) + "\n" for one in value) if path.suffix == ".ndjson" else json.dumps(value)
        )
        files.append(Input.of(copy))
    built = LogBuilder(desk)
    reader = load_source(desk)
    reader.recognise(files)
    try:
        reader.read(files, ReadOptions(), built)
    except FileError:
        return
    assert built.table("events").num_rows > 0
    assert built.table("quarantine").num_rows == len(built.aside) <= built.records


@pytest.mark.parametrize("desk", DESKS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1), junk=st.binary(max_size=20))
def test_a_file_cut_anywhere_and_continued_with_junk_is_no_crash(desk, tmp_path, share, junk):
    files = []
    for path in sample_of(desk):
        content = path.read_bytes()
        (tmp_path / path.name).write_bytes(content[: int(len(content) * share)] + junk)
        files.append(Input.of(tmp_path / path.name))
    built = LogBuilder(desk)
    reader = load_source(desk)
    reader.recognise(files)
    try:
        reader.read(files, ReadOptions(), built)
    except FileError as error:
        assert error.facts["file"]
    assert built.table("quarantine").num_rows == len(built.aside) <= built.records
