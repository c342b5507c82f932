"""From any record to the service log: recognise, map, read, check, set aside."""

from typing import TYPE_CHECKING, Any

from otklik.intake.building import LogBuilder
from otklik.intake.source import Input, ReadOptions, Recognition, Source

if TYPE_CHECKING:
    from otklik.intake.mapping import load_mapping, save_mapping
    from otklik.intake.previewing import preview
    from otklik.intake.reading import read_log

__all__ = [
    "Input", "LogBuilder", "ReadOptions", "Recognition", "Source", "load_mapping", "preview", "read_log",
    "save_mapping",
]  # fmt: skip
_LAZY = {"load_mapping": "mapping", "save_mapping": "mapping", "preview": "previewing", "read_log": "reading"}


def __getattr__(name: str) -> Any:
    """Import what a child process has no use for only when somebody asks."""
    if name not in _LAZY:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
