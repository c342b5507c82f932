"""Four real logs of steps, and two hostile ones."""

import pytest

from otklik.intake import read_log
from otklik.intake.sources.xes.blocks import BrokenXes
from otklik.schemas.events import Can
from tests.shared_data import BADINPUT, DATA, needs_shared

pytestmark = needs_shared

REAL = [
    ("helpdesk_italian.xes.gz", 4580, 21348, Can.status, 12),
    ("bpic2013_closed_problems.xes.gz", 1487, 6660, Can.status, 0),
    ("receipt_permits.xes.gz", 1434, 8577, Can.resolution, 105),
    ("roadtraffic_100.xes", 100, 390, Can.resolution, 17),
]


@pytest.mark.parametrize(("name", "cases", "events", "can", "still_open"), REAL)
def test_real_logs(name, cases, events, can, still_open):
    found = read_log([DATA / "eventlog" / name], format="xes")
    assert found.requests.num_rows == cases
    assert found.count.read == events == found.count.kept + found.count.duplicate
    assert sum(kind == "step" for kind in found.events["kind"].to_pylist()) == found.count.kept
    assert found.sources[0].can & can
    last = dict(zip(found.events["request"].to_pylist(), ["open"] * len(found.events), strict=True))
    for event in found.events.select(["request", "status"]).to_pylist():
        last[event["request"]] = event["status"] or last[event["request"]]
    assert sum(state not in {"resolved", "closed"} for state in last.values()) == still_open


@pytest.mark.parametrize("name", ["lol_small.xes", "xxe_small.xes"])
def test_entities_are_refused_and_nothing_is_opened(name):
    path = BADINPUT / "generated" / "xes" / name
    with pytest.raises(BrokenXes, match="document type"):
        read_log([path], format="xes")
