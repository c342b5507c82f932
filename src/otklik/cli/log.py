"""`otklik log import|info|export|undo|delete`: a log that grows in a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from otklik.base.text import LANGUAGES, N_, Words
from otklik.cli.options import command, record_options, records_of
from otklik.cli.showing import shown_progress
from otklik.schemas.imports import ImportRecord

DEFAULT_FOLDER = Path("otklik-log")


def build(words: Words) -> click.Command:
    """Build the group in the reader's language."""
    say = words.say
    kept = click.Group("log", help=say(N_("Keep a log that grows in a folder: import, look, export, undo.")))
    parts: list[tuple[str, str, list[click.Parameter], Callable[[Words, dict[str, Any]], None]]] = [
        ("import", N_("Add records; importing the same file twice changes nothing."),
         [*record_options(words), _folder(words)], _import),
        ("info", N_("What the log holds, and every import."), [_folder(words), _language(words)], _info),
        ("export", N_("Write the log as Parquet, CSV, XLSX or XES, by the ending of OUT."),
         [click.Argument(["out"], type=click.Path(path_type=Path), metavar="OUT"),
          click.Option(["--format", "format_"], help=say(N_("The format, where the ending does not say it."))),
          _folder(words), _language(words)], _export),
        ("undo", N_("Make the log as if an import had never been."),
         [click.Argument(["number"], type=int, metavar="IMPORT"), _folder(words), _language(words)], _undo),
        ("delete", N_("Take a whole source out of the log; this cannot be undone."),
         [click.Argument(["source"]), click.Option(["--yes"], is_flag=True, help=say(N_("Do not ask."))),
          _folder(words), _language(words)], _delete),
    ]  # fmt: skip
    for name, text, parameters, run in parts:
        kept.add_command(command(name, say(text), parameters, lambda given, run=run: run(words, given)))
    return kept


def _folder(words: Words) -> click.Option:
    kind = click.Path(path_type=Path, file_okay=False)
    return click.Option(["--log", "folder"], type=kind, default=DEFAULT_FOLDER, show_default=True,
                        envvar="OTKLIK_LOG", help=words.say(N_("The folder of the log.")))  # fmt: skip


def _language(words: Words) -> click.Option:
    return click.Option(["--lang"], type=click.Choice(LANGUAGES), help=words.say(N_("Language: en or ru.")))


def _import(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.import_log import import_log
    from otklik.actions.keep_log import add_to_log

    with shown_progress(words) as progress:
        log = import_log(records_of(given), progress)
        record = add_to_log(given["folder"], log, progress)
    if record.import_id is None:
        click.echo(words.say(N_("Nothing new: everything was in the log already.")))
    else:
        click.echo(words.say(N_("Import %(number)s."), number=record.import_id))
    click.echo(account(words, record))


def _info(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.keep_log import describe_log

    info, imports = describe_log(given["folder"])
    say = words.say
    click.echo(words.count("%(n)s request", "%(n)s requests", info.requests))
    click.echo(words.count("%(n)s event", "%(n)s events", info.events))
    if info.first_event_at and info.last_event_at:
        first, last = (at.strftime("%Y-%m-%d %H:%M") for at in (info.first_event_at, info.last_event_at))
        click.echo(say(N_("From %(first)s to %(last)s UTC"), first=first, last=last))
    for record in imports:
        undone = say(N_(", undone")) if record.undone_at else ""
        at, names = record.imported_at.strftime("%Y-%m-%d %H:%M"), ", ".join(part.source for part in record.sources)
        head = say(N_("Import %(number)s, %(at)s, %(source)s"), number=record.import_id, at=at, source=names)
        click.echo(f"{head}{undone}\n    {account(words, record)}")


def _export(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.keep_log import export_log

    for path in export_log(given["folder"], given["out"], given["format_"]):
        click.echo(str(path))


def _undo(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.keep_log import undo_import

    undo_import(given["folder"], given["number"])
    click.echo(words.say(N_("Import %(number)s is undone."), number=given["number"]))


def _delete(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.keep_log import delete_source

    question = words.say(N_("Take everything from %(source)s out of the log for good?"), source=given["source"])
    if not given["yes"]:
        click.confirm(question, abort=True)
    delete_source(given["folder"], given["source"])
    click.echo(words.say(N_("%(source)s is gone from the log."), source=given["source"]))


def account(words: Words, record: ImportRecord) -> str:
    """Say what an import did with the records it read: read = kept + set aside + there already."""
    count = record.count
    return words.say(
        N_("%(read)s records read: %(kept)s kept, %(quarantined)s set aside, %(duplicate)s there already."),
        read=count.read, kept=count.kept, quarantined=count.quarantined, duplicate=count.duplicate,
    )  # fmt: skip
