"""Calendars, spans and the business clock; pure. Names are loaded when first used, so that help stays quick."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from otklik.clock.bulk import Elapsed, deadlines, elapsed, positions
    from otklik.clock.business_clock import BusinessClock, OpenTime
    from otklik.clock.compiled import (
        MISS,
        NO_CALENDAR,
        ClockTable,
        CompiledBook,
        compile_book,
        deadline_us,
        last_moment_us,
        moment_us,
        position_us,
    )
    from otklik.clock.errors import CalendarFileError, OutOfRange, YearsUnknown
    from otklik.clock.machine_code import compile_function
    from otklik.clock.presets import load_calendar_book
    from otklik.clock.spans import Span, Spans

_HOME = {
    "bulk": ("Elapsed", "deadlines", "elapsed", "positions"),
    "business_clock": ("BusinessClock", "OpenTime"),
    "compiled": (
        "MISS",
        "NO_CALENDAR",
        "ClockTable",
        "CompiledBook",
        "compile_book",
        "deadline_us",
        "last_moment_us",
        "moment_us",
        "position_us",
    ),
    "errors": ("CalendarFileError", "OutOfRange", "YearsUnknown"),
    "machine_code": ("compile_function",),
    "presets": ("load_calendar_book",),
    "spans": ("Span", "Spans"),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "MISS",
    "NO_CALENDAR",
    "BusinessClock",
    "CalendarFileError",
    "ClockTable",
    "CompiledBook",
    "Elapsed",
    "OpenTime",
    "OutOfRange",
    "Span",
    "Spans",
    "YearsUnknown",
    "compile_book",
    "compile_function",
    "deadline_us",
    "deadlines",
    "elapsed",
    "last_moment_us",
    "load_calendar_book",
    "moment_us",
    "position_us",
    "positions",
]


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
