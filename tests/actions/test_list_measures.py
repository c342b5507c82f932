from pathlib import Path

from otklik.actions.cut_log import Shelf
from otklik.actions.list_measures import list_measures
from otklik.actions.measure_speed import Yardstick
from otklik.measures import catalog
from otklik.schemas.log import ServiceLog


def test_every_measure_is_told_in_the_language_of_the_reader(tmp_path: Path) -> None:
    english, russian = list_measures(tmp_path), list_measures(tmp_path, "ru")
    assert [one.id for one in english] == [measure.id for measure in catalog.MEASURES]
    assert all(ru.title != en.title and ru.meaning != en.meaning for en, ru in zip(english, russian, strict=True))
    assert all(one.available_in == [] for one in list_measures())


def test_the_log_says_which_it_can_tell(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, log, _ = kept
    told = {one.id: one.available_in for one in list_measures(shelf.store.folder)}
    assert told["first_reply"] == [one.source for one in log.sources]
