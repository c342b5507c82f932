"""Values computed by R (see oracle.R), as arrays."""

import json
from functools import cache
from pathlib import Path


@cache
def from_r() -> dict:
    return json.loads((Path(__file__).parent / "oracle_r.json").read_text("utf-8"))
