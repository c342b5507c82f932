"""What can go wrong with a kept log, and what to do about it."""

from otklik.base.errors import UserError
from otklik.base.text import N_


class StoreBusy(UserError):
    """Another process is writing: facts `folder`, `pid`, `since`."""

    code = "store-busy"
    message = N_("The log in %(folder)s is being written by process %(pid)s since %(since)s.")
    hint = N_("Wait until it is done; reading is possible all the time.")


class NotAStore(UserError):
    """The folder holds no log: facts `folder`."""

    code = "not-a-store"
    message = N_("There is no log in %(folder)s.")
    hint = N_("Import something into it first: otklik log import FILE.")


class NewerStore(UserError):
    """The log was written by a later version: facts `folder`, `found`, `known`."""

    code = "newer-store"
    message = N_("The log in %(folder)s has version %(found)s; this Otklik knows versions up to %(known)s.")
    hint = N_("Install the newer Otklik.")


class UnknownImport(UserError):
    """No such import: facts `import_id`."""

    code = "unknown-import"
    message = N_("There is no import number %(import_id)s in this log.")
    hint = N_("See the numbers with: otklik log info.")


class AlreadyUndone(UserError):
    """The import was undone before: facts `import_id`, `at`."""

    code = "already-undone"
    message = N_("Import %(import_id)s was undone already, on %(at)s.")
    hint = N_("Import the file again if you want it back.")


class Settled(UserError):
    """What the import replaced is no longer kept: facts `import_id`, `settled`."""

    code = "import-settled"
    message = N_("Import %(import_id)s cannot be undone: the log was settled up to import %(settled)s.")
    hint = N_("Import everything into a new folder without the file you do not want.")


class UnknownSource(UserError):
    """No such source in the log: facts `source`, `known`."""

    code = "unknown-source"
    message = N_("There is no source %(source)s in this log.")
    hint = N_("Known sources: %(known)s.")


class UnknownExportFormat(UserError):
    """Asked for a format nobody knows: facts `format`."""

    code = "unknown-export-format"
    message = N_("The log cannot be exported as %(format)s.")
    hint = N_("Known formats: parquet, csv, xlsx, xes.")


class TooLongForSheet(UserError):
    """More rows than a worksheet holds: facts `rows`, `most`."""

    code = "too-long-for-sheet"
    message = N_("%(rows)s rows do not fit on one sheet; a workbook holds %(most)s.")
    hint = N_("Export as csv or parquet.")
