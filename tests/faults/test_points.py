"""Every named crash point is passed by some test; those of facts, forgetting, calls out and digests here."""

import json
import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from otklik.actions import keep_log
from otklik.actions.check_log import check_log
from otklik.actions.find_person import find_person
from otklik.actions.forget_person import forget_person
from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_speed import Yardstick
from otklik.base.crash_points import VARIABLE

ROOT = Path(__file__).resolve().parents[2]
ROWS = """\
Ticket,Opened,First reply,Resolved,Status,Customer,Assignee
R1,2026-03-02 09:00,2026-03-02 09:30,2026-03-02 12:00,resolved,Anna Karenina,Boris
R2,2026-03-02 10:00,,,open,Pierre,Boris
"""
MORE = """\
Ticket,Opened,First reply,Resolved,Status,Customer,Assignee
R2,2026-03-02 10:00,2026-03-02 10:30,2026-03-02 13:00,resolved,Pierre,Boris
R3,2026-03-02 11:00,,,open,Sonya,Boris
"""
MEASURE = """
import sys
from pathlib import Path
from otklik.actions.keep_log import measure_kept_log
from otklik.actions.measure_speed import Yardstick
measure_kept_log(Path(sys.argv[1]), Yardstick())
"""
FORGET = """
import sys
from pathlib import Path
from otklik.actions.forget_person import forget_person
forget_person(Path(sys.argv[1]), ["Anna Karenina"])
"""


def test_every_named_point_stands_in_a_test() -> None:
    named = {
        point
        for path in (ROOT / "src" / "otklik").rglob("*.py")
        for point in re.findall(r'crash_point\("([a-z-]+)"\)', path.read_text("utf-8"))
    }
    told = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) >= 20
    assert sorted(point for point in named if f'"{point}"' not in told and f'"{point}:' not in told) == []


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(ROWS)
    keep_log.add_to_log(tmp_path / "log", import_log(Records((str(tmp_path / "rows.csv"),))))
    return tmp_path / "log"


def run(script: str, folder: Path, crash_at: str = "") -> int:
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], env={**os.environ, VARIABLE: crash_at}, capture_output=True
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode


def facts_of(folder: Path) -> list[dict[str, Any]]:
    from otklik.actions.cut_log import Shelf

    shelf = Shelf.of(folder, Yardstick())
    assert shelf.kept.step == shelf.snapshot.step, "the facts are those of the newest import"
    rows: list[dict[str, Any]] = shelf.kept.read("facts").to_pylist()
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("point", ["facts-before-commit", "facts-before-commit:2", "facts-after-commit"])
@pytest.mark.parametrize("anew", [True, False], ids=["at first", "after an import"])
def test_facts_begun_again_are_those_of_a_run_nobody_killed(log: Path, tmp_path: Path, point: str, anew: bool) -> None:
    if not anew:
        keep_log.measure_kept_log(log, Yardstick())
    (tmp_path / "more.csv").write_text(MORE)
    keep_log.add_to_log(log, import_log(Records((str(tmp_path / "more.csv"),))))
    assert run(MEASURE, log, point) == -signal.SIGKILL
    keep_log.measure_kept_log(log, Yardstick())
    found = facts_of(log)
    never_killed = tmp_path / "never"
    for name in ("rows.csv", "more.csv"):
        keep_log.add_to_log(never_killed, import_log(Records((str(tmp_path / name),))))
    keep_log.measure_kept_log(never_killed, Yardstick())
    assert json.dumps(found, default=str) == json.dumps(facts_of(never_killed), default=str)
    assert check_log(log, Yardstick()).wrong == []


@pytest.mark.slow
def test_forgetting_killed_before_its_end_leaves_the_name_nowhere_once_begun_again(log: Path) -> None:
    def holding() -> list[Any]:
        return list(find_person(log, "Karenina"))

    assert holding()
    assert run(FORGET, log, "store-before-sweep") == -signal.SIGKILL
    forget_person(log, ["Anna Karenina"])
    assert holding() == []
    import pyarrow.parquet as pq

    for path in log.rglob("*.parquet"):
        assert "Karenina" not in str(pq.read_table(path).to_pydict()), path
    for path in log.rglob("*.json"):
        assert b"Karenina" not in path.read_bytes(), path
    assert check_log(log, Yardstick()).wrong == []


class Killed(BaseException):
    pass


def dies_at(wanted: str) -> Any:
    def die(name: str) -> None:
        if name == wanted:
            raise Killed

    return die


@pytest.mark.django_db
def test_a_call_that_was_only_claimed_is_made_once_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    from otklik.web.api import delivering
    from otklik.web.api.models import Delivery, Webhook
    from otklik.web.fetching import Answer

    hook = Webhook(url="https://example.org/", events=["import.finished"])
    hook.set_secret("whs_x")
    hook.save()
    delivering.tell_all("1", "import.finished", {}, timezone.now())
    calls: list[object] = []

    def call(*given: object, **_: object) -> Answer:
        calls.append(given)
        return Answer(200, b"")

    monkeypatch.setattr(delivering, "crash_point", dies_at("webhook-claimed"))
    with pytest.raises(Killed):
        delivering.send_due(call)
    assert calls == []
    monkeypatch.setattr(delivering, "crash_point", lambda name: None)
    assert delivering.send_due(call) == 0, "the lease still holds"
    Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    assert delivering.send_due(call) == 1
    assert (len(calls), Delivery.objects.get().state) == (1, Delivery.DONE)


@pytest.mark.django_db
def test_a_digest_that_was_sent_and_not_written_down_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server has taken it: at most once, and the row says that nobody knows."""
    from otklik.web.accounts.models import User
    from otklik.web.sharing import sending
    from otklik.web.sharing.models import Digest, Sending

    reader = User.objects.create_user("reader@example.org", "correct horse battery", role="viewer")
    digest = Digest.objects.create(person=reader, made_by=reader, name="Our week", language="en")
    sent: list[int] = []

    class Letter:
        def send(self) -> None:
            sent.append(1)

    row = sending.write_down(digest, sending.Period.last("weekly", timezone.now().date()))
    assert sending._claim(row)
    monkeypatch.setattr(sending, "crash_point", dies_at("digest-sent"))
    with pytest.raises(Killed):
        sending._send(row, Letter())  # type: ignore[arg-type]
    monkeypatch.setattr(sending, "crash_point", lambda name: None)
    sending.deliver(row.pk)
    Sending.objects.update(claimed_at=timezone.now() - timedelta(days=1))
    assert sending.find_broken_off() == 1
    sending.deliver(row.pk)
    row.refresh_from_db()
    assert (sent, row.state) == ([1], Sending.UNSURE)
