"""Parsing what strangers wrote happens in a child process with limits: it may die, we may not.

The child sends frames over its output: one byte that says what, eight that say how long, then the payload. Tables
travel as Arrow IPC, everything else as JSON; nothing the child says is ever executed or unpickled.
"""

import io
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from importlib import import_module
from typing import IO, Any, cast

import pyarrow as pa

from otklik.base.crash_points import VARIABLE as CRASH_VARIABLE
from otklik.base.errors import UserError
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.errors import ReaderStopped
from otklik.intake.offline import go_offline
from otklik.intake.source import Input, ReadOptions, Source
from otklik.schemas.events import Can
from otklik.schemas.log import Guess, SourceFacts

MEMORY_BYTES = 2**30
CPU_S = 60
CPU_S_PER_MIB = 2
MAX_FRAME_BYTES = 2**30
Tell = Callable[[str, object], None]
_CHILD = """
import sys
class NoPandas:
    def find_spec(name, path, target=None):
        if name == "pandas":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, NoPandas)
from otklik.intake.sandbox import main
main()
"""  # Arrow imports pandas at the first chance; no reader needs it, and it takes longer than most files


@dataclass(frozen=True)
class Limits:
    """What a child may use, beyond what it takes to start."""

    memory_bytes: int = MEMORY_BYTES
    cpu_s: int = CPU_S


def limits_for(inputs: Sequence[Input]) -> Limits:
    """Give long records the time they need; memory stays the same, since readers stream."""
    size = sum(item.path.stat().st_size for item in inputs)
    return Limits(cpu_s=CPU_S + CPU_S_PER_MIB * (size >> 20))


def read_in_child(source: Source, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
    """Run `source.read` in a child and put what it finds into `out`; raise its UserError, or ReaderStopped."""
    bare = replace(options, progress=no_progress)
    kind = type(source)
    call = Call("otklik.intake.sandbox:read_source", (kind.__module__, kind.__qualname__, out.source, inputs, bare))
    told: dict[str, Any] = {}
    for name, value in run_child(call, inputs[0].name, limits_for(inputs), options.progress):
        if isinstance(value, pa.Table):
            out.add_table(name, value)
        else:
            told[name] = value
    out.records += told["records"]
    out.aside.update(told["aside"])
    out.aside_rows = told["aside_rows"]
    out.repeats = told["repeats"]
    out.guesses += [Guess.model_validate(guess) for guess in told["guesses"]]
    facts = told["facts"]
    facts["can"] = Can(facts["can"])
    facts["horizon"] = datetime.fromisoformat(facts["horizon"])
    facts["files"] = tuple(facts["files"])
    return SourceFacts(**facts)


def read_source(tell: Tell, module: str, name: str, source: str, inputs: Sequence[Input], options: ReadOptions) -> None:
    """Run one reader inside the child, passing on what it finds while it finds it."""
    reader = getattr(import_module(module), name)()
    built = StreamingBuilder(source, tell)
    progress: Progress = lambda what, done, of: tell("progress", [what, done, of])  # noqa: E731
    facts = asdict(reader.read(inputs, replace(options, progress=progress), built))
    for kind in ("events", "requests", "quarantine"):
        built.tables(kind)
    tell("records", built.records)
    tell("aside", sorted(built.aside))
    tell("aside_rows", built.aside_rows)
    tell("repeats", built.repeats)
    tell("guesses", [guess.model_dump() for guess in built.guesses])
    tell("facts", facts | {"can": int(facts["can"]), "horizon": facts["horizon"].isoformat()})


class StreamingBuilder(LogBuilder):
    """A LogBuilder that holds on to nothing: each full table goes to the parent at once."""

    def __init__(self, source: str, tell: Tell) -> None:
        super().__init__(source)
        self._tell = tell

    def _keep(self, kind: str, table: pa.Table) -> None:
        self._tell(kind, table)


@dataclass(frozen=True)
class Call:
    """A function for the child: `module:name`, called with a `tell` and these arguments."""

    target: str
    arguments: tuple[object, ...]


def run_child(
    call: Call, file: str, limits: Limits | None = None, progress: Progress = no_progress
) -> Iterator[tuple[str, Any]]:
    """Yield what the child says, (name, table or plain value); raise its UserError, or ReaderStopped if it dies."""
    limits = limits or Limits()
    with tempfile.TemporaryFile() as order, tempfile.TemporaryFile() as grumbling:
        pickle.dump((sys.path, limits, call), order)
        order.seek(0)
        command = [sys.executable, "-c", _CHILD]
        child = subprocess.Popen(command, stdin=order, stdout=subprocess.PIPE, stderr=grumbling, env=_environment())
        try:
            yield from _listen(cast(IO[bytes], child.stdout), progress)
            status = child.wait()
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            cast(IO[bytes], child.stdout).close()
        if status:
            raise ReaderStopped(file=file, reason=_reason(status, grumbling))


def main() -> None:
    """Be the child: take the order from standard input, limit oneself, work, answer on standard output."""
    search_path, limits, call = pickle.load(sys.stdin.buffer)  # noqa: S301  (our parent wrote it)
    sys.path[:] = search_path
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    module, _, name = call.target.partition(":")
    function = getattr(import_module(module), name)
    limit_self(limits)
    tell: Tell = lambda what, value: _say(answer, what, value)  # noqa: E731
    try:
        function(tell, *call.arguments)
    except UserError as error:
        kind = type(error)
        tell("error", [kind.__module__, kind.__qualname__, {name: str(fact) for name, fact in error.facts.items()}])
    except MemoryError:
        answer.flush()
        os._exit(_OUT_OF_MEMORY)
    answer.close()


_OUT_OF_MEMORY = 77


def limit_self(limits: Limits) -> None:
    """Cap this process's memory (over what it has now) and processor time, and cut it off from the network.

    The caps are a no-op where the system has none; see `offline` for how far the cut goes.
    """
    go_offline()
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, soft, hard in (
        (resource.RLIMIT_AS, _used_bytes() + limits.memory_bytes, _used_bytes() + limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + 5),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, highest = resource.getrlimit(what)  # a child of a child stays within its parent's limits
        most = hard if highest == resource.RLIM_INFINITY else min(hard, highest)
        resource.setrlimit(what, (min(soft, most), most))


def _used_bytes() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123
            return int(pages.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 2**29


def _environment() -> dict[str, str]:
    """Nothing a reader has no use for: the secrets of an installation stay out of a child that strangers feed."""
    kept = {name: value for name, value in os.environ.items() if not _is_secret(name)}
    return {**kept, "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", "ARROW_DEFAULT_MEMORY_POOL": "system"}


def _is_secret(name: str) -> bool:
    return name == "DATABASE_URL" or (name.startswith("OTKLIK_") and name != CRASH_VARIABLE)


def _say(answer: IO[bytes], what: str, value: object) -> None:
    if isinstance(value, pa.Table):
        buffer = io.BytesIO()
        with pa.ipc.new_stream(buffer, value.schema) as writer:
            writer.write_table(value)
        _frame(answer, b"T", what.encode() + b"\n" + buffer.getvalue())
    else:
        _frame(answer, b"J", json.dumps([what, value]).encode())
        if what == "progress":
            answer.flush()


def _frame(answer: IO[bytes], kind: bytes, payload: bytes) -> None:
    answer.write(kind + len(payload).to_bytes(8, "big") + payload)


def _listen(answer: IO[bytes], progress: Progress) -> Iterator[tuple[str, Any]]:
    while len(head := answer.read(9)) == 9:
        size = int.from_bytes(head[1:], "big")
        payload = answer.read(size) if size <= MAX_FRAME_BYTES else b""
        if len(payload) < size:
            return
        if head[:1] == b"T":
            name, _, table = payload.partition(b"\n")
            yield name.decode(), pa.ipc.open_stream(table).read_all()
            continue
        what, value = json.loads(payload)
        if what == "error":
            raise _error(*value)
        if what == "progress":
            progress(*value)
        else:
            yield what, value


def _error(module: str, name: str, facts: dict[str, str]) -> UserError:
    kind = getattr(sys.modules.get(module) or import_module(module), name)
    if not (isinstance(kind, type) and issubclass(kind, UserError)):
        raise TypeError(f"{module}.{name} is no UserError")
    return kind(**facts)


def _reason(status: int, grumbling: IO[bytes]) -> str:
    if status == _OUT_OF_MEMORY or status == -signal.SIGABRT:
        return N_("it needs more memory than a record of its size should")
    if status in {-signal.SIGXCPU, -signal.SIGKILL}:
        return N_("it takes longer than a record of its size should")
    grumbling.seek(0)
    last = grumbling.read().decode("utf-8", "replace").strip().splitlines()[-1:]
    return last[0][:300] if last else N_("its reader broke off")
