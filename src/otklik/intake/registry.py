"""Which readers there are: a folder each under sources/, and whatever other packages offer."""

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from otklik.intake import sources
from otklik.intake.errors import NoSuchFormat
from otklik.intake.source import Source

ENTRY_POINTS = "otklik.sources"


@cache
def source_names() -> tuple[str, ...]:
    """Every known reader by name; nothing is imported."""
    own = [module.name for module in pkgutil.iter_modules(sources.__path__) if module.ispkg]
    return tuple(sorted({*own, *(point.name for point in entry_points(group=ENTRY_POINTS))}))


@cache
def load_source(name: str) -> Source:
    """Import one reader; raise NoSuchFormat for a name nobody offers."""
    if name not in source_names():
        raise NoSuchFormat(format=name, known=", ".join(source_names()))
    for point in entry_points(group=ENTRY_POINTS, name=name):
        return cast(Source, point.load()())
    return _only_reader(f"{sources.__name__}.{name}.reader")


def _only_reader(module_name: str) -> Source:
    module = import_module(module_name)
    readers = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and thing.__module__ == module_name
        and all(hasattr(thing, part) for part in ("name", "recognise", "read"))
    ]
    if len(readers) != 1:
        raise ImportError(f"{module_name} must hold exactly one class with name, recognise and read")
    return cast(Source, readers[0]())
