"""Where customers wait and why: one file a section of the report, from the log and what was measured on it."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from otklik.findings.evidence import Evidence
    from otklik.findings.signs import SIGNS, SignRule
    from otklik.findings.slicing import UnknownColumn
    from otklik.findings.tables import curve_table, quantile_table
    from otklik.findings.targets import UnknownMeasure
    from otklik.findings.whole_report import build_report

__all__ = [
    "SIGNS",
    "Evidence",
    "SignRule",
    "UnknownColumn",
    "UnknownMeasure",
    "build_report",
    "curve_table",
    "quantile_table",
]

_MODULE = {
    "SIGNS": "signs",
    "Evidence": "evidence",
    "SignRule": "signs",
    "UnknownColumn": "slicing",
    "UnknownMeasure": "targets",
    "build_report": "whole_report",
    "curve_table": "tables",
    "quantile_table": "tables",
}


def __getattr__(name: str) -> object:
    if name in _MODULE:
        return getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
