"""What can be measured, what each measure means, and whether the kept log can tell it."""

from pathlib import Path

from otklik.base.text import Words
from otklik.schemas.measures import MeasureTold


def list_measures(folder: Path | None = None, language: str = "en") -> list[MeasureTold]:
    """Every measure in the reader's language; `available_in` names the sources of the log that can tell it."""
    from otklik.measures import catalog
    from otklik.store import ServiceStore

    words = Words(language)
    store = ServiceStore(folder) if folder is not None else None
    sources = store.snapshot().sources if store is not None and store.exists() else ()
    return [
        MeasureTold(
            id=measure.id,
            title=words.say(measure.title),
            meaning=words.say(measure.meaning),
            unit=measure.unit,
            per=measure.per,
            cohort=measure.cohort,
            available_in=[one.source for one in sources if measure.is_available(one.can)],
        )
        for measure in catalog.MEASURES
    ]
