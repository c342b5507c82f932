import json
import subprocess
import sys
from pathlib import Path

from tests.shared_data import VECTORS, needs_shared

pytestmark = needs_shared
ROOT = Path(__file__).resolve().parents[2]


def same(result, expected):
    """A list of periods is compared as far as the peer listed them; the clock would go on."""
    return result[: len(expected)] == expected if isinstance(expected, list) else result == expected


def test_the_sample_cases_of_other_projects():
    path = VECTORS / "business_time_sample.json"
    command = [sys.executable, "-m", "tests.conformance.solve", "business_time", str(path)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
    answers = {line["id"]: line for line in map(json.loads, lines)}
    for case in json.loads(path.read_text("utf-8"))["cases"]:
        assert same(answers[case["id"]].get("result"), case["expected"]), (case, answers[case["id"]])
