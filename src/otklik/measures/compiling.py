"""The second speed: the same plain functions, compiled by numba and kept on disk."""

import dis
import hashlib
import platform
import types
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from otklik.clock import compiled as clock_source
from otklik.clock.machine_code import kept_in, machine_code_folder
from otklik.measures.kernel import measure_requests

ROOMS = ("otklik.measures.", "otklik.clock.")
NO_COUNTING: dict[str, Any] = {"_nrt": False}
"""The kernel allocates nothing, so that no references need counting: without this it is ten times slower."""
PART_OF_KERNEL = {**NO_COUNTING, "forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""What the kernel calls is laid into it and called from nowhere else."""


@cache
def compiled_kernel() -> Callable[..., int]:
    """Compile `kernel.measure_requests` with everything it calls, or load it from the user's cache.

    Input     nothing
    Output    a function with the arguments of kernel.measure_requests that lets other threads run
    Unit      does not apply
    Open end  does not apply
    Errors    none; where no folder can be written, it is compiled anew in every process
    Source    DESIGN 5: one definition, two speeds
    """
    import numba

    jitted: dict[Callable[..., Any], Any] = {}
    folder = cache_folder()
    options: dict[str, Any] = {**NO_COUNTING, "nogil": True, "cache": folder is not None}
    with kept_in(folder):
        kernel: Callable[..., int] = numba.njit(**options)(_with_compiled_callees(measure_requests, jitted))
    return kernel


def _compiled(function: types.FunctionType, jitted: dict[Callable[..., Any], Any]) -> Any:
    import numba

    if function not in jitted:
        jitted[function] = once_for_all_numbers(numba.njit(**PART_OF_KERNEL)(_with_compiled_callees(function, jitted)))
    return jitted[function]


def once_for_all_numbers(compiled: Any) -> Any:
    """Let one form of a function serve every number written into a call.

    numba would compile `add(out, 1)` and `add(out, 2)` apart: twice as many functions, half as long again to wait.
    """
    from numba.core.types import unliteral

    template = compiled.get_call_template
    compiled.get_call_template = lambda args, kws: template(tuple(map(unliteral, args)), kws)
    return compiled


def _with_compiled_callees(function: Any, jitted: dict[Callable[..., Any], Any]) -> types.FunctionType:
    """Copy a function so that the names it calls mean the compiled forms of our own functions."""
    names = dict(function.__globals__)
    for name in {step.argval for step in dis.get_instructions(function) if step.opname == "LOAD_GLOBAL"}:
        callee = names.get(name)
        if isinstance(callee, types.FunctionType) and callee.__module__.startswith(ROOMS):
            names[name] = _compiled(callee, jitted)
    copy = types.FunctionType(function.__code__, names, function.__name__, function.__defaults__, function.__closure__)
    copy.__module__ = function.__module__
    copy.__qualname__ = function.__qualname__
    return copy


def cache_folder() -> Path | None:
    """Where machine code is kept: under the user's cache, by the sources it came from; None if it cannot be written."""
    return machine_code_folder(f"kernel-{sources_key()}")


def sources_key() -> str:
    """Name the sources of the kernel and what they are compiled for: another key for any change."""
    import numba
    import numpy as np

    digest = hashlib.sha256(f"{numba.__version__} {np.__version__} {platform.machine()}".encode())
    for path in (*sorted(Path(__file__).parent.glob("*.py")), Path(str(clock_source.__file__))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_kept() -> bool:
    """Whether the kernel was compiled before, so that using it costs a moment and not half a minute."""
    folder = cache_folder()
    return folder is not None and any(folder.rglob("*.nbi"))
