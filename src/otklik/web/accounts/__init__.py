"""Who is who: people, roles, teams, invitations, tokens, the audit trail."""
