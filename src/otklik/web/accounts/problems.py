"""What cannot be done with people, and whom to ask."""

from otklik.base.errors import UserError
from otklik.base.text import N_


class LastOwner(UserError):
    """There must be somebody who can do everything."""

    code = "last-owner"
    message = N_("This is the only owner; the company would be left without one.")
    hint = N_("Make somebody else an owner first.")


class OnlyOwners(UserError):
    """A manager reached for an owner, or for the role."""

    code = "only-owners"
    message = N_("Only an owner can make owners, or change anything about one.")
    hint = N_("Ask the owner of your company.")


class NotYourself(UserError):
    """Somebody would lock himself out."""

    code = "not-yourself"
    message = N_("You cannot close your own account.")
    hint = N_("Ask another manager or owner to do it.")


class NotYourOwnNames(UserError):
    """Whose requests count as somebody's own is said by another."""

    code = "not-your-own-names"
    message = N_(
        "Nobody says of themselves how the records name them: whose requests one measures is confirmed by another."
    )
    hint = N_("Ask another owner or manager to write your names down.")


class StillInside(UserError):
    """The person to forget has an open account: facts `email`."""

    code = "still-inside"
    message = N_("This person can still log in here as %(email)s.")
    hint = N_("Close the account first, under People and teams.")
