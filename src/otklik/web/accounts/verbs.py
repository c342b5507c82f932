"""What was done, in words."""

from typing import Final

from otklik.base.text import N_
from otklik.web.words import say

VERBS: Final = {
    "account.changed": N_("changed the own account"),
    "audit.exported": N_("took the audit trail away"),
    "company.changed": N_("changed the company"),
    "company.founded": N_("founded the company here"),
    "invitation.accepted": N_("accepted an invitation"),
    "invitation.cancelled": N_("took an invitation back"),
    "login.failed": N_("wrong password"),
    "login.succeeded": N_("logged in"),
    "logout": N_("logged out"),
    "password.changed": N_("changed the password"),
    "password.link-made": N_("made a link to a new password"),
    "password.reset": N_("set a new password by mail"),
    "person.changed": N_("changed a person"),
    "person.closed": N_("closed an account"),
    "person.export-fetched": N_("fetched an export about a person"),
    "person.exported": N_("exported a person"),
    "person.forgotten": N_("forgot a person"),
    "person.invited": N_("invited a person"),
    "person.looked-for": N_("looked for a person in the log"),
    "person.reopened": N_("opened an account again"),
    "recovery-codes.made": N_("made new recovery codes"),
    "requests.let-go": N_("requests were kept long enough and left the log"),
    "second-step.dropped": N_("took the second step off somebody"),
    "second-step.failed": N_("wrong code of the second step"),
    "second-step.off": N_("switched the second step off"),
    "second-step.on": N_("switched the second step on"),
    "sessions.ended": N_("ended sessions"),
    "team.deleted": N_("took a team away"),
    "team.made": N_("made a team"),
    "team.renamed": N_("renamed a team"),
    "token.made": N_("made a token"),
    "token.revoked": N_("revoked a token"),
    "webhook.deleted": N_("deleted a webhook"),
    "webhook.made": N_("added a webhook"),
    "webhook.paused": N_("paused a webhook"),
    "webhook.renewed": N_("made a new secret of a webhook"),
    "webhook.repeated": N_("repeated a call to a webhook"),
    "webhook.resumed": N_("resumed a webhook"),
    "webhook.tried": N_("tried a webhook out"),
}


def verb_name(verb: str) -> str:
    """In the reader's language; a verb nobody gave words to stands as it is."""
    return say(VERBS[verb]) if verb in VERBS else verb
