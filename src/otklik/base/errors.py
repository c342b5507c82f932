"""Errors by audience: who can put it right decides the class; the door finds the words in the reader's language."""

from otklik.base.text import N_


class OtklikError(Exception):
    """Anything a caller may want to catch."""


class UserError(OtklikError):
    """The user can put it right.

    `code` names the case for programs, `message` says what is wrong and where, `hint` what to try. Both are
    catalogue keys with named `%(fact)s` places, filled from `facts` by `base.text.Words.error` at the door.
    """

    code = "user-error"
    message = N_("Something in the input is wrong.")
    hint = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        """Return the English sentence, for logs and notebooks."""
        return " ".join(part % self.facts for part in (self.message, self.hint) if part)


class FileError(UserError):
    """A file cannot be read: facts `file`, `reason` and, where known, `row`."""

    code = "file-unreadable"
    message = N_("%(file)s cannot be read: %(reason)s.")
    hint = N_("Export the file again, or name its format with --format.")


SYSTEM_SAYS = (
    N_("No such file or directory"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("Permission denied"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("File name too long"),
    N_("Input/output error"),
)
"""What operating systems say of files; the reasons of errors are catalogue keys like any other text."""


class MissingExtra(UserError):
    """An optional part is not installed: facts `extra`."""

    code = "missing-extra"
    message = N_("This needs the optional part %(extra)s.")
    hint = N_("Install it with: pip install 'otklik[%(extra)s]'.")
