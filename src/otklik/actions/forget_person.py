"""Forget a person: a pseudonym stands where the name stood, in the log, its history, its old files, and beside it."""

from collections.abc import Sequence
from pathlib import Path

from otklik.actions.forget_in_files import forget_in_files
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.schemas.people import Forgotten


def forget_person(
    folder: Path,
    names: Sequence[str],
    beside: Sequence[Path] = (),
    *,
    with_requests: bool = False,
    progress: Progress = no_progress,
) -> Forgotten:
    """Put the same pseudonym everywhere; `names` are all spellings of one person, `beside` folders with files.

    Figures stay as they are. What requests of the person say in words (subject, attributes) is taken out; with
    `with_requests` the requests themselves are. Nothing of it can be undone. Safe to begin again after a crash.
    """
    from otklik.store.erasing import forget, forget_in_kept
    from otklik.store.lock import writing
    from otklik.store.pseudonyms import Pseudonyms
    from otklik.store.tables import Tables

    pseudonyms = Pseudonyms(folder)
    person = pseudonyms.person(list(names))
    pseudonyms.remember(person)
    erased = None
    tables = Tables(folder)
    if tables.exists():
        progress(N_("Writing the log without the person"), 0, None)
        with writing(folder):
            erased = forget(tables, person, with_requests=with_requests)
        forget_in_kept(folder / "kept", person)
    progress(N_("Looking through the files beside the log"), 0, None)
    rewritten, deleted = forget_in_files(list(beside), person)
    return Forgotten(
        person.pseudonym,
        len(erased.requests) if erased else 0,
        erased.events if erased else 0,
        erased.quarantined if erased else 0,
        rewritten,
        deleted,
    )
