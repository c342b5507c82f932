"""What speed is: one file a measure, one definition run at two speeds. Names are loaded when first used."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from otklik.measures.catalog import BY_ID, COUNTS, MEASURES, TIMES, Measure
    from otklik.measures.codes import STATES, WHYS
    from otklik.measures.columns import UnsortedEvents
    from otklik.measures.explaining import NoSuchRequest, explain
    from otklik.measures.facts import facts_schema, waits_schema
    from otklik.measures.measuring import Measured, measure_batches, measure_log

_HOME = {
    "catalog": ("BY_ID", "COUNTS", "MEASURES", "TIMES", "Measure"),
    "codes": ("STATES", "WHYS"),
    "columns": ("UnsortedEvents",),
    "explaining": ("NoSuchRequest", "explain"),
    "facts": ("facts_schema", "waits_schema"),
    "measuring": ("Measured", "measure_batches", "measure_log"),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "BY_ID",
    "COUNTS",
    "MEASURES",
    "STATES",
    "TIMES",
    "WHYS",
    "Measure",
    "Measured",
    "NoSuchRequest",
    "UnsortedEvents",
    "explain",
    "facts_schema",
    "measure_batches",
    "measure_log",
    "waits_schema",
]


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
