"""People, teams, invitations, tokens, sessions, what was done."""

from otklik.web.accounts.models.invitations import Invitation
from otklik.web.accounts.models.logins import LogIn
from otklik.web.accounts.models.people import ROLES, Company, People, Team, User
from otklik.web.accounts.models.tokens import ApiToken, Scope
from otklik.web.accounts.models.trail import AuditEntry

__all__ = ["ROLES", "ApiToken", "AuditEntry", "Company", "Invitation", "LogIn", "People", "Scope", "Team", "User"]
