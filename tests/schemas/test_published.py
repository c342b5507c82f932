"""The JSON Schema in the documents is the one the models give."""

import json
from pathlib import Path

from otklik.schemas.published import report_schema

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schema" / "report.schema.json"


def test_the_published_schema_is_current() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == report_schema(), "run: make docs"


def test_the_schema_promises_what_others_read() -> None:
    schema = report_schema()
    log = schema["$defs"]["LogSummary"]["properties"]
    assert {"requests", "events", "first_event_at", "last_event_at", "running", "duplicates", "quarantined"} <= set(log)
    speed = schema["$defs"]["Speed"]["properties"]
    assert {"n", "running", "never", "median_s", "median_low_s", "median_high_s", "p90_s"} <= set(speed)
