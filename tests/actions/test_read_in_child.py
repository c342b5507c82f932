import os
from pathlib import Path

import pytest

from otklik.actions.import_log import Records, import_log
from otklik.actions.read_in_child import ChildLimits, look_in_child, read_in_child
from otklik.base.errors import UserError


def test_a_log_read_in_a_child_is_the_same_log(shop: Path) -> None:
    here, there = import_log(Records((str(shop),))), read_in_child(Records((str(shop),)))
    for name in ("events", "requests", "quarantine"):
        assert getattr(there, name).equals(getattr(here, name)), name
    assert there.records is None or there.records.to_pylist() == (here.records or there.records).to_pylist()
    assert (there.sources, there.count, there.guesses) == (here.sources, here.count, here.guesses)


def test_a_file_goes_by_the_name_its_user_knows(shop: Path, tmp_path: Path) -> None:
    stored = shop.rename(tmp_path / "8f3a")
    records = Records((str(stored),), names=("March/orders 2026.csv",))
    log = read_in_child(records)
    assert [(one.source, one.files) for one in log.sources] == [("orders", ("March/orders 2026.csv",))]
    assert look_in_child(records).sources == ("orders",)


def test_a_look_measures_what_it_saw(shop: Path) -> None:
    seen = look_in_child(Records((str(shop),)))
    first = seen.figures["first_reply"].elapsed
    assert first is not None
    assert (seen.preview.requests, first.n, first.done, first.running) == (5, 5, 4, 1)
    assert {one.within_s: one.share for one in first.within}[3600] == pytest.approx(3 / 5)


def test_progress_is_heard_and_the_workspace_is_left_clean(shop: Path, tmp_path: Path) -> None:
    heard: list[str] = []
    workspace = tmp_path / "work"
    read_in_child(Records((str(shop),)), lambda what, done, of: heard.append(what), ChildLimits(workspace=workspace))
    assert heard
    assert list(workspace.iterdir()) == []


def test_what_the_user_can_put_right_comes_back_as_itself(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    with pytest.raises(UserError) as said:
        read_in_child(Records((str(tmp_path / "picture.png"),)))
    assert said.value.code == "unknown-format"


def test_a_reader_that_wants_too_much_is_stopped_and_we_live(shop: Path) -> None:
    with pytest.raises(UserError) as said:
        read_in_child(Records((str(shop),), names=("shop.csv",)), limits=ChildLimits(memory_bytes=2**20))
    assert said.value.code == "reader-stopped"
    assert said.value.facts["file"] == "shop.csv"
    assert os.getpid()
