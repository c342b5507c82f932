"""What can be wrong with a record as a whole; each says what was seen and what to try."""

from otklik.base.errors import FileError, UserError
from otklik.base.text import N_


class NoSuchFile(UserError):
    """A path that is not there: facts `file`."""

    code = "no-such-file"
    message = N_("There is no file %(file)s.")
    hint = N_("Check the name; a folder or - (what comes in through a pipe) will do as well.")


class NothingToRead(UserError):
    """An empty folder, an empty file, no path at all: facts `file`."""

    code = "nothing-to-read"
    message = N_("%(file)s is empty: there is nothing to read.")
    hint = N_("Export the record again and check that it holds rows.")


class UnknownFormat(FileError):
    """Nobody knows this file: facts `file`, `seen`, `known`."""

    code = "unknown-format"
    message = N_("%(file)s looks like no record Otklik knows. It begins with: %(seen)s.")
    hint = N_("Known formats: %(known)s. Name one with --format, or export a table (CSV, XLSX).")


class NoSuchFormat(UserError):
    """A --format nobody offers: facts `format`, `known`."""

    code = "no-such-format"
    message = N_("There is no format %(format)s.")
    hint = N_("Known formats: %(known)s.")


class NoEvents(FileError):
    """Read to the end, and not one event: facts `file`, `quarantined`, `reason` (in words)."""

    code = "no-events"
    message = N_(
        "%(file)s was read, but holds no event. Records set aside: %(quarantined)s; why most of them: %(reason)s."
    )
    hint = N_("Check what was exported, or name another format with --format.")


class NoEventsInTable(NoEvents):
    """Not one row of a table became an event: facts `file`, `quarantined`, `reason` (in words)."""

    code = "no-events-in-table"
    hint = N_("Tell which column is what with --map column=role.")


class EmptyRecord(FileError):
    """Read to the end, and there was nothing in it: facts `file`."""

    code = "empty-record"
    message = N_("%(file)s was read to its end, but nothing happens in it.")
    hint = N_("Check what was exported, or name another format with --format.")


class ArchiveRefused(FileError):
    """An archive that would unpack to far more than it seems: facts `file`, `reason`."""

    code = "archive-refused"
    message = N_("%(file)s was not unpacked: %(reason)s.")
    hint = N_("Unpack it yourself and give the files inside.")


class WorkbookRefused(ArchiveRefused):
    """A workbook that is damaged or would unpack to far more than it seems: facts `file`, `reason`."""

    code = "workbook-refused"
    message = N_("The workbook %(file)s was not opened: %(reason)s.")
    hint = N_("Save the sheet as CSV and give that.")


class CutShort(FileError):
    """A compressed file without its end: facts `file`."""

    code = "cut-short"
    message = N_("%(file)s is compressed, and damaged or cut short.")
    hint = N_("Export or download it again.")


class ReaderStopped(FileError):
    """A reader in its child process was killed or crashed: facts `file`, `reason`."""

    code = "reader-stopped"
    message = N_("Reading %(file)s was stopped: %(reason)s.")
    hint = N_("The file is damaged or hostile. Export it again, as CSV if there is a choice.")
