"""Where the real logs lie, when they do: beside the project, never inside it."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATA = SHARED / "data"
VECTORS = SHARED / "vectors"
BADINPUT = SHARED / "badinput"

if os.environ.get("CI") == "true" and not SHARED.exists():
    raise RuntimeError(f"CI=true, but the real logs are not at {SHARED}")

needs_shared = [pytest.mark.shared, pytest.mark.skipif(not SHARED.exists(), reason="the real logs are not here")]
