"""The service log on the disk: imports that can be undone, readers that never wait, facts that stay fresh."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from otklik.store.errors import (
        AlreadyUndone,
        NewerStore,
        NotAStore,
        Settled,
        StoreBusy,
        UnknownExportFormat,
        UnknownImport,
        UnknownSource,
    )
    from otklik.store.export import write_csv
    from otklik.store.keys import HashRange, Keys
    from otklik.store.snapshot import Snapshot
    from otklik.store.store import ServiceStore

_WHERE = {
    "AlreadyUndone": "errors",
    "HashRange": "keys",
    "Keys": "keys",
    "NewerStore": "errors",
    "NotAStore": "errors",
    "ServiceStore": "store",
    "Settled": "errors",
    "Snapshot": "snapshot",
    "StoreBusy": "errors",
    "UnknownExportFormat": "errors",
    "UnknownImport": "errors",
    "UnknownSource": "errors",
    "write_csv": "export",
}
__all__ = [
    "AlreadyUndone",
    "HashRange",
    "Keys",
    "NewerStore",
    "NotAStore",
    "ServiceStore",
    "Settled",
    "Snapshot",
    "StoreBusy",
    "UnknownExportFormat",
    "UnknownImport",
    "UnknownSource",
    "write_csv",
]


def __getattr__(name: str) -> object:
    """Load a part of the room when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"otklik.store.{_WHERE[name]}"), name)
