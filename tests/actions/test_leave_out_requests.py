"""What is shown to people who may see figures only holds no request and no name."""

from otklik.actions.cut_log import Shelf
from otklik.actions.leave_out_requests import leave_out_requests
from otklik.actions.look_at import look_at
from otklik.actions.measure_speed import Yardstick
from otklik.findings.whole_report import PARTS
from otklik.schemas.log import ServiceLog
from otklik.schemas.views import View


def test_no_request_and_no_person_is_left_and_every_figure_stays(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, log, _ = kept
    report = look_at(shelf, View(), PARTS, zone="Europe/Moscow")
    bare = leave_out_requests(report)
    assert report.waiting and report.waiting.longest and report.longest
    assert bare.waiting and not bare.waiting.longest and not bare.longest
    assert not any(sign.examples for sign in bare.quality.signs)
    assert bare.measures == report.measures and bare.waiting.n == report.waiting.n
    text = bare.model_dump_json()
    people = {name for name in log.events["assignee"].unique().to_pylist() if name} - {
        name for name in log.events["team"].unique().to_pylist() if name
    }
    assert people and not [name for name in people if f'"{name}"' in text]
    assert not [one for one in log.requests["request"].to_pylist() if f'"{one}"' in text]


def test_a_report_without_those_parts_stays_as_it_is(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    report = look_at(kept[0], View(), {"trend"})
    assert leave_out_requests(report) == report
