"""The engine that asks the files of the log."""

from datetime import UTC, datetime

import duckdb
import pytest

from otklik.store.engine import open_engine


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_an_hour_is_an_hour_of_utc_whatever_the_zone_of_the_machine(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    with open_engine() as sql:
        asked = "select date_part('hour', $at), current_setting('threads')"
        assert sql.execute(asked, {"at": datetime(2026, 5, 17, 21, tzinfo=UTC)}).fetchone() == (21, 2)


def test_it_is_closed_after_the_question_even_one_that_fails() -> None:
    with pytest.raises(duckdb.CatalogException), open_engine() as sql:
        sql.execute("select * from nowhere")
    with pytest.raises(duckdb.ConnectionException):
        sql.execute("select 1")
