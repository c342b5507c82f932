import os
import signal
import socket
import time

import pyarrow as pa
import pytest

from otklik.base.errors import FileError
from otklik.intake.building import LogBuilder
from otklik.intake.errors import ReaderStopped
from otklik.intake.sandbox import Call, Limits, StreamingBuilder, limits_for, read_in_child, run_child
from otklik.intake.source import UNTOLD, Input, ReadOptions
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts
from tests.intake.building_blocks import DAY


class Diary:
    """A reader that says one event, progress, and a line it could not read."""

    name = "diary"

    def recognise(self, inputs):
        return None

    def read(self, inputs, options, out):
        out.record()
        out.event("A", DAY, "created", "customer", public=True)
        out.record()
        out.quarantine(inputs[0].name, 2, "bad-date")
        out.guess("mode", "diary", "it was told")
        options.progress("reading", 2, None)
        return SourceFacts(out.source, "events", Can.messages, UNTOLD, ("x",))


def refuse(say):
    raise FileError(file="f.xlsx", reason="it is locked by a password")


def swallow_memory(say):
    kept = [bytearray(1 << 26) for _ in range(100)]
    say("kept", len(kept))


def abort(say):
    os.abort()


def loop(say):
    while True:
        pass


def crash(say):
    raise RuntimeError("no such luck")


def chatter(say):
    print("readers may print")
    say("table", pa.table({"a": [1, 2]}))
    say("word", "да")


def call(function, **limits):
    return list(run_child(Call(f"{__name__}:{function.__name__}", ()), "f.xlsx", Limits(**limits)))


def test_tables_and_words_come_back_and_prints_do_not_disturb():
    (name, table), word = call(chatter)
    assert (name, table.to_pydict(), word) == ("table", {"a": [1, 2]}, ("word", "да"))


def surroundings(say):
    say("names", sorted(name for name in os.environ if name.startswith(("OTKLIK", "DATABASE"))))


def reach_out(say):
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def ask_for_more(say):
    say("inner", list(run_child(Call(f"{__name__}:chatter", ()), "f.xlsx", Limits(2**40, 10**6)))[1])


def test_a_child_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:secret@db/otklik")
    monkeypatch.setenv("OTKLIK_SECRET_KEY", "secret")
    assert call(surroundings) == [("names", [])]


def test_a_child_has_no_network():
    with pytest.raises(ReaderStopped, match="NoNetwork"):
        call(reach_out)


def test_a_child_of_a_child_stays_within_the_limits_of_its_parent():
    assert call(ask_for_more) == [("inner", ["word", "да"])]


def test_progress_is_told_at_once():
    heard = []
    told = run_child(Call(f"{__name__}:tell_and_wait", ()), "f", Limits(cpu_s=5), lambda *what: heard.append(what))
    assert list(told) == []
    assert heard == [("reading", 1, None)]


def tell_and_wait(say):
    say("progress", ["reading", 1, None])
    os._exit(0)


def test_an_error_the_user_can_fix_comes_back_as_itself():
    with pytest.raises(FileError, match=r"f\.xlsx.*password"):
        call(refuse)


@pytest.mark.parametrize(
    ("function", "why", "cpu_s"),
    [(swallow_memory, "memory", 60), (abort, "memory", 60), (loop, "longer", 3), (crash, "no such luck", 60)],
)
def test_a_child_that_dies_is_a_clear_error(function, why, cpu_s):
    with pytest.raises(ReaderStopped, match=why):
        call(function, cpu_s=cpu_s)


def test_a_listener_that_walks_away_leaves_no_child_behind():
    listening = run_child(Call(f"{__name__}:endless", ()), "f.xlsx", Limits(cpu_s=30))
    _, pid = next(listening)
    listening.close()
    with pytest.raises(ProcessLookupError):
        for _ in range(50):
            os.kill(pid, signal.SIGCONT)
            time.sleep(0.1)


def endless(say):
    say("pid", os.getpid())
    while True:
        say("more", 1)


def test_a_whole_reader_runs_in_the_child(tmp_path):
    path = tmp_path / "diary.txt"
    path.write_text("x")
    steps = []
    out = LogBuilder("diary")
    options = ReadOptions(progress=lambda *step: steps.append(step))
    facts = read_in_child(Diary(), [Input.of(path)], options, out)
    assert (facts.can, facts.horizon, facts.files) == (Can.messages, UNTOLD, ("x",))
    assert out.table("events")["request"].to_pylist() == ["A"]
    assert (out.records, out.aside, [guess.value for guess in out.guesses]) == (2, {2}, ["diary"])
    assert steps == [("reading", 2, None)]


def test_long_records_get_more_time(tmp_path):
    path = tmp_path / "big"
    with path.open("wb") as stream:
        stream.truncate(10 << 20)
    item = Input(str(path), path, b"")
    assert limits_for([item]).cpu_s == Limits().cpu_s + 20
    assert limits_for([item]).memory_bytes == Limits().memory_bytes


def test_a_streaming_builder_holds_nothing():
    said = []
    out = StreamingBuilder("diary", lambda what, value: said.append((what, value.num_rows)))
    out.record()
    out.event("A", DAY, "note", "agent")
    assert out.tables("events") == []
    assert said == [("events", 1)]
