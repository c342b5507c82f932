from pathlib import Path

from otklik.actions.import_log import Records
from otklik.actions.make_report import Questions, make_report, report_on
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.log import ServiceLog
from otklik.schemas.targets import parse_target


def test_records_become_a_report(shop: Path) -> None:
    said: list[str] = []
    report, log = make_report(
        Records((str(shop),)),
        Yardstick("24x7"),
        Questions(by=("channel",), targets=(parse_target("first_reply<=1h@50%"),), language="ru"),
        lambda what, done, of: said.append(what),
    )
    assert report.log.requests == log.requests.num_rows == 5
    assert report.settings.language == "ru"
    assert report.targets[0].n == 5
    assert said, "long work says how far it is"


def test_a_log_that_is_here_already_needs_no_file(log: ServiceLog) -> None:
    report = report_on(log, Yardstick(), Questions())
    assert report.headline == "first_reply"
    assert report.settings.calendar is None
