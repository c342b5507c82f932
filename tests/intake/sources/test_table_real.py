"""The real logs: counts that plain SQL over the same files gives; and files that nobody can read, one by one."""

from pathlib import Path

import duckdb
import pyarrow.compute as pc
import pytest

from otklik.base.errors import UserError
from otklik.intake import Input, read_log
from otklik.intake.sources.table.loading import load_grid
from otklik.intake.sources.table.plan import NoRequests
from otklik.schemas.log import ServiceLog
from tests.intake.sources.table_reading import guessed
from tests.shared_data import BADINPUT, DATA, SHARED, needs_shared

pytestmark = needs_shared
BROKEN = sorted(
    path
    for folder in ("csv", "json", "generated/csv", "generated/xlsx")
    for path in (BADINPUT / folder).rglob("*")
    if path.is_file()
)
BOOKS = sorted((BADINPUT / "xlsx").rglob("*.*")) if SHARED.exists() else []


def counted(log: ServiceLog, **what: str) -> int:
    rows = log.events
    for column, value in what.items():
        rows = rows.filter(pc.equal(rows[column], value))
    return rows.num_rows


def test_san_francisco_311():
    log = read_log([DATA / "tickets" / "sf311_sample_10000.csv.gz"])
    assert (log.count.read, log.count.kept, log.count.quarantined, log.count.duplicate) == (10_000, 9_871, 129, 0)
    assert set(log.quarantine["reason"].to_pylist()) == {"ends-before-start"}
    assert log.requests.num_rows - counted(log, status="closed") == 470
    assert list(guessed(log, "date_order")) == ["mdy"]
    assert set(log.requests["channel"].to_pylist()) >= {"Voice In", "Open311", "Web Self Service", "Twitter"}


def test_san_francisco_agrees_with_plain_sql():
    path = DATA / "tickets" / "sf311_sample_10000.csv.gz"
    log = read_log([path])
    events = log.events
    ours = duckdb.sql("""
        SELECT count(*), sum(epoch_us(c.at) - epoch_us(o.at)) FROM events o JOIN events c USING (request)
        WHERE o.kind = 'created' AND c.status = 'closed'""").fetchone()
    plain = duckdb.sql(f"""
        WITH t AS (SELECT strptime(Opened, '%m/%d/%Y %I:%M:%S %p') o, strptime(Closed, '%m/%d/%Y %I:%M:%S %p') c
                   FROM read_csv('{path}', all_varchar = true))
        SELECT count(*), sum(epoch_us(c) - epoch_us(o)) FROM t WHERE c >= o""").fetchone()
    assert ours == plain
    assert events.num_rows == 9_871 + 9_401


def test_boston_311_day_first_and_year_first_are_the_same():
    logs = [read_log([DATA / "tickets" / name]) for name in ("boston311_100.csv", "boston311_dmy_100.csv")]
    iso, day_first = (log.events.drop_columns(["source"]) for log in logs)
    assert iso.equals(day_first)
    assert logs[0].requests.drop_columns(["source"]).equals(logs[1].requests.drop_columns(["source"]))
    assert logs[0].requests.num_rows - counted(logs[0], status="closed") == 15
    due = [dict(attributes).get("due_at") for attributes in logs[0].requests["attributes"].to_pylist()]
    assert sum(at is None for at in due) == 11


def test_the_italian_help_desk_tells_some_events_twice():
    log = read_log([DATA / "eventlog" / "helpdesk_italian.csv.gz"])
    assert (log.count.read, log.count.kept, log.count.duplicate) == (21_348, 21_221, 127)
    assert log.requests.num_rows == 4_580
    assert log.sources[0].is_process


@pytest.mark.parametrize("name", ["helpdesk_italian", "receipt_permits"])
def test_a_log_flat_or_in_xes_is_the_same_log(name):
    flat, xes = (told_steps(DATA / "eventlog" / f"{name}.{ending}") for ending in ("csv.gz", "xes.gz"))
    assert flat == xes


def told_steps(path: Path) -> list[tuple[str, ...]]:
    """Every event without its source; one copy of the help desk says 'Case 1' where the other says 'Case1'."""
    columns = ["request", "at", "kind", "by", "actor", "team", "status", "activity"]
    events = read_log([path]).events.select(columns).to_pylist()
    return sorted(
        (event["request"].replace(" ", ""), *(str(value) for value in [*event.values()][1:])) for event in events
    )


def test_permits_without_an_end_date_are_still_open():
    log = read_log([DATA / "eventlog" / "receipt_permits.csv.gz"])
    assert log.requests.num_rows == 1_434
    assert 1_434 - counted(log, kind="status", status="closed") == 105
    assert counted(log, kind="step") == 8_577
    assert set(log.requests["channel"].to_pylist()) == {"Internet", "Desk", "Post", "e-mail", "Intern"}


def test_a_survey_is_no_request_log_and_says_so():
    with pytest.raises(NoRequests, match="NPS_SCORE"):
        read_log([DATA / "survey" / "nps_telecom.csv"])


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_every_broken_file_ends_in_a_log_or_in_words(path: Path):
    assert is_sound(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_every_odd_workbook_ends_in_a_log_or_in_words(path: Path):
    assert is_sound(path)


def is_sound(path: Path) -> bool:
    """A log whose account adds up, or an error that names the file and leaves no place unfilled."""
    try:
        log = read_log([path])
    except UserError as error:
        return path.name in str(error) and "%(" not in str(error)
    return log.events.num_rows > 0 and log.count.read == sum(
        (log.count.kept, log.count.quarantined, log.count.duplicate)
    )


@pytest.mark.parametrize(
    ("name", "rows"), [("cp1251_excel_ru", 1), ("cp866_dos", 1), ("formula_small", 4), ("utf16_excel_txt", 1)]
)
def test_every_row_of_the_small_tables_is_seen(name, rows, tmp_path):
    assert len(load_grid(Input.of(BADINPUT / "generated" / "csv" / f"{name}.csv"), tmp_path)) == rows
