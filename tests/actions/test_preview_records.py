from pathlib import Path

import pytest

from otklik.actions.import_log import Records, import_log
from otklik.actions.preview_records import preview_records
from otklik.base.errors import UserError


def test_a_look_shows_the_rows_and_what_each_column_is_taken_for(shop: Path) -> None:
    seen = preview_records(Records((str(shop),)))
    (part,) = seen.parts
    assert part.roles()["Ticket"] == "request"
    assert part.rows[0][:3] == ("0017", "2026-03-02 09:00", "2026-03-02 09:30")
    assert (seen.requests, seen.count.read, seen.problems) == (5, 5, ())


def test_what_was_seen_and_corrected_is_read_so(shop: Path) -> None:
    seen = preview_records(Records((str(shop),)))
    corrected = {**seen.parts[0].roles(), "Team": "category"}
    told = Records((str(shop),), roles=corrected, time_zone="Europe/Moscow", mapping=seen.mapping)
    again = preview_records(told)
    assert again.parts[0].roles()["Team"] == "category"
    zone = again.guess("time_zone")
    assert zone is not None
    assert zone.value == "Europe/Moscow"
    assert set(import_log(told).requests["category"].to_pylist()) == {"First line", "Orders"}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.csv"):
        preview_records(Records((str(tmp_path / "nowhere.csv"),)))
