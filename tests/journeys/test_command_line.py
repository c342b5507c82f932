"""Journeys through the command line, as a user walks them; everything runs in this process unless it must not."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from otklik.cli.main import main
from otklik.schemas.published import report_schema

SHOP = """\
Ticket,Opened,First reply,Resolved,Status,Channel,Team
0017,2026-03-02 09:00,2026-03-02 09:30,2026-03-02 12:00,resolved,email,First line
17,2026-03-02 10:00,2026-03-02 14:00,2026-03-03 10:00,resolved,email,Orders
18,2026-03-02 11:00,,,open,chat,First line
19,2026-03-03 09:00,2026-03-03 09:05,,open,chat,First line
20,2026-03-03 10:00,2026-03-03 10:20,2026-03-04 10:00,resolved,chat,Orders
21,2026-03-03 11:00,2026-03-03 11:30,2026-03-04 09:00,resolved,email,Orders
22,2026-03-03 12:00,2026-03-03 12:10,2026-03-04 09:30,resolved,chat,First line
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    path.write_text(SHOP, "utf-8")
    return path


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_one_command_makes_one_page(shop: Path, tmp_path: Path, capsys) -> None:
    assert run("report", shop, "--out", tmp_path / "r.html", "--tz", "Europe/Moscow") == 0
    page = (tmp_path / "r.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "http://" not in page.replace("http://www.w3.org", "") and "https://" not in page
    assert "r.html" in capsys.readouterr().out


def test_the_same_in_russian(shop: Path, tmp_path: Path, capsys) -> None:
    assert run("report", shop, "--out", tmp_path / "r.html", "--lang", "ru") == 0
    assert '<html lang="ru"' in (tmp_path / "r.html").read_text("utf-8")
    assert "Весь отчёт" in capsys.readouterr().out


def test_json_keeps_the_published_schema_and_the_numbers(shop: Path, capsys) -> None:
    assert run("report", shop, "--json", "--calendar", "24x7") == 0
    report = json.loads(capsys.readouterr().out)
    jsonschema.validate(report, report_schema())
    log, reply = report["log"], report["measures"]["first_reply"]["elapsed"]
    assert (log["requests"], log["running"], log["duplicates"], log["quarantined"]) == (7, 2, 0, 0)
    assert (reply["n"], reply["running"], reply["never"]) == (7, 1, 0)
    # replies after 5, 10, 20, 30, 30 and 240 minutes, one still waiting: half of seven have it after 30 minutes
    assert reply["median_s"] == 1800
    assert report["measures"]["first_reply"]["business"]["median_s"] == 1800


def test_ids_with_leading_zeros_are_other_requests(shop: Path, tmp_path: Path) -> None:
    assert run("measure", shop, "--out", tmp_path / "facts.parquet") == 0
    facts = pq.read_table(tmp_path / "facts.parquet")
    assert sorted(facts["request"].to_pylist()) == ["0017", "17", "18", "19", "20", "21", "22"]


def test_facts_as_csv_hold_seconds_and_states(shop: Path, tmp_path: Path) -> None:
    assert run("measure", shop, "--out", tmp_path / "facts.csv") == 0
    rows = {str(row["request"]): row for row in pacsv.read_csv(tmp_path / "facts.csv").to_pylist()}
    assert rows["19"]["first_reply_s"] == 300
    assert rows["19"]["first_reply_state"] == "done"
    assert rows["18"]["first_reply_state"] == "running"


def test_a_number_is_explained(shop: Path, capsys) -> None:
    assert run("explain", shop, "--request", "0017", "--measure", "first_reply") == 0
    assert "0017" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "no-such-file.csv"], "no-such-file.csv"),
        (["explain", "{shop}", "--request", "99"], "There is no request 99"),
        (["explain", "{shop}", "--request", "17", "--measure", "joy"], "There is no measure joy"),
        (["report", "{shop}", "--target", "quickly"], "quickly is not a target"),
        (["report", "{shop}", "--tz", "Mars/Base"], "There is no time zone Mars/Base"),
        (["report", "{shop}", "--as-of", "tomorrow"], "tomorrow is not a date"),
        (["report", "{shop}", "--map", "Opened"], "Opened does not say"),
        (["report", "{shop}", "--calendar", "no-such-calendar"], "no-such-calendar"),
        (["measure", "{shop}", "--out", "facts.doc"], "only .parquet and .csv"),
    ],
)
def test_what_the_user_can_put_right_ends_in_words_and_2(arguments, said: str, shop: Path, tmp_path, capsys) -> None:
    before = sorted(tmp_path.iterdir())
    assert run(*(str(shop) if argument == "{shop}" else argument for argument in arguments)) == 2
    assert said in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before, "nothing may be left behind"


def test_a_report_can_be_had_from_standard_input(shop: Path, tmp_path: Path) -> None:
    with shop.open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "otklik", "report", "-", "--out", str(tmp_path / "r.html")],
            stdin=stream, capture_output=True, check=False, timeout=120,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "r.html").exists()


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from otklik.cli.main import main; main(['--help']); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(done.stdout.split())
    heavy = {"numpy", "pyarrow", "numba", "duckdb", "ibis", "altair", "pandas", "vl_convert", "pydantic", "deltalake"}
    assert not heavy & loaded


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("command", ["report", "measure", "explain", "log", "demo", "sources", "schema"])
def test_every_command_has_help_in_both_languages(command: str, language: str, capsys) -> None:
    assert run("--lang", language, command, "--help") == 0
    said = capsys.readouterr().out
    assert ("Как вызвать:" if language == "ru" else "Usage:") in said


def test_the_known_sources_are_listed(capsys) -> None:
    assert run("sources") == 0
    said = capsys.readouterr().out
    assert all(name in said for name in ("table", "xes", "zendesk", "mail", "queue_log"))


def test_the_schema_can_be_printed(capsys) -> None:
    assert run("schema") == 0
    assert json.loads(capsys.readouterr().out) == report_schema()
