"""The JSON Schema that others can rely on, generated from the models."""

from typing import Any

from otklik.schemas.results import Report


def report_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `otklik report --json`."""
    schema = Report.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
