import sys
import types

import pytest

from otklik.intake import registry
from otklik.intake.errors import NoSuchFormat
from otklik.intake.registry import load_source, source_names


def test_every_folder_is_a_source():
    assert {"table", "xes", "zendesk", "jira", "mail"} <= set(source_names())


def test_an_unknown_name_says_which_are_known():
    with pytest.raises(NoSuchFormat, match="table"):
        load_source("abacus")


def test_another_package_may_offer_a_source(monkeypatch):
    class Guestbook:
        name = "guestbook"

    class Point:
        name = "guestbook"

        def load(self):
            return Guestbook

    monkeypatch.setattr(
        registry, "entry_points", lambda **about: [Point()] if about.get("name") in {None, "guestbook"} else []
    )
    source_names.cache_clear()
    load_source.cache_clear()
    try:
        assert "guestbook" in source_names()
        assert isinstance(load_source("guestbook"), Guestbook)
    finally:
        monkeypatch.undo()
        source_names.cache_clear()
        load_source.cache_clear()


def test_a_reader_file_holds_one_reader(monkeypatch):
    monkeypatch.setitem(sys.modules, "otklik.intake.sources.table.reader", types.ModuleType("empty"))
    load_source.cache_clear()
    try:
        with pytest.raises(ImportError, match="exactly one class"):
            load_source("table")
    finally:
        load_source.cache_clear()
