"""Who may what: log-in, people, teams, tokens, the trail, personal data."""

from collections.abc import Callable
from typing import Any

from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Invitation, LogIn, Scope, Team, User
from otklik.web.accounts.reset import link_for
from otklik.web.accounts.work import EXPORT, exports
from otklik.web.jobs.models import Job
from tests.web.matrix import Row, World

NOBODY = "302 404 404 403 403 403"
Arguments = Callable[[World, str], dict[str, Any]]


def me(world: World, role: str) -> dict[str, Any]:
    return {"person_id": world.of(role).pk}


def viewer(world: World, _role: str) -> dict[str, Any]:
    return {"person_id": world.people["viewer"].pk}


def an_owner(world: World, _role: str) -> dict[str, Any]:
    """An owner who is not the only one."""
    made = User.objects.create_user("second@example.org", "correct horse battery", role=Role.OWNER.value)
    return {"person_id": made.pk}


def act(name: str, who: Arguments) -> Arguments:
    return lambda world, role: {**who(world, role), "act": name}


def team(_world: World, _role: str) -> dict[str, Any]:
    return {"team_id": Team.objects.get_or_create(name="Orders")[0].pk}


def open_invitation(world: World, _role: str) -> dict[str, Any]:
    return {"invitation_id": Invitation.invite("new@example.org", Role.VIEWER, world.people["owner"])[0].pk}


def invitation_link(world: World, _role: str) -> dict[str, Any]:
    return {"token": Invitation.invite("new@example.org", Role.VIEWER, world.people["owner"])[1]}


def token_of(user: User) -> dict[str, Any]:
    return {"token_id": ApiToken.make(user, "t", [Scope.READ])[0].pk}


def session_of(user: User) -> dict[str, Any]:
    return {"login_id": LogIn.objects.create(user=user, session_key="s" * 32).pk}


def export_of(user: User) -> dict[str, Any]:
    (exports() / "a.zip").write_bytes(b"PK")
    return {"job_id": Job.add(EXPORT, asked_by=user, state=Job.DONE, result={"file": "a.zip", "rows": 1}).pk}


def reset_key(world: World, role: str) -> dict[str, Any]:
    uid, _, key = link_for(world.of(role)).rstrip("/").rpartition("/")[2].partition("-")
    return {"uidb36": uid, "key": key}


OWNER_ONLY = "302 200 403 403 403 403"
LOOKS_AFTER = "302 200 200 403 403 403"
ACTS_ON = "302 302 302 403 403 403"
INSIDE = "302 200 200 200 200 200"
ABOUT = {"name": "New name", "role": "viewer"}

LOGGING_IN = [
    Row("account_login", "200 302 302 302 302 302"),
    Row("account_logout", "302 200 200 200 200 200"),
    Row("account_logout", "302 302 302 302 302 302", "POST"),
    Row("account_inactive", "200 200 200 200 200 200"),
    Row("account_reauthenticate", INSIDE),
    Row("account_change_password", INSIDE),
    Row("account_set_password", "302 302 302 302 302 302"),
    Row("account_reset_password", "200 200 200 200 200 200"),
    Row("account_reset_password", "302 302 302 302 302 302", "POST", data=lambda w, r: {"email": "nobody@example.org"}),
    Row("account_reset_password_done", "200 200 200 200 200 200"),
    Row("account_reset_password_from_key", "302 302 302 302 302 302", own=reset_key),
    Row(
        "account_reset_password_from_key", "200 200 200 200 200 200", foreign=lambda w, r: {"uidb36": "1", "key": "a-b"}
    ),
    Row("account_reset_password_from_key_done", "200 200 200 200 200 200"),
    Row("mfa_index", INSIDE),
    Row("mfa_authenticate", "302 302 302 302 302 302"),
    Row("mfa_reauthenticate", "302 302 302 302 302 302"),
    Row("mfa_activate_totp", "302 302 302 302 302 302"),
    Row("mfa_deactivate_totp", "302 404 404 404 404 404"),
    Row("mfa_view_recovery_codes", "302 404 404 404 404 404"),
    Row("mfa_generate_recovery_codes", "302 302 302 302 302 302"),
    Row("mfa_download_recovery_codes", "302 404 404 404 404 404"),
    Row("first_owner", "302 302 302 302 302 302"),
]
PEOPLE = [
    Row("people", LOOKS_AFTER),
    Row("person", LOOKS_AFTER, own=me),
    Row("person", LOOKS_AFTER, foreign=viewer),
    Row("person", "302 302 302 403 403 403", "POST", foreign=viewer, data=lambda w, r: ABOUT),
    Row("person", "302 302 422 403 403 403", "POST", foreign=an_owner, data=lambda w, r: ABOUT),
    Row("person", "302 302 422 403 403 403", "POST", foreign=viewer, data=lambda w, r: {**ABOUT, "role": "owner"}),
    Row("person_names", "302 422 422 403 403 403", "POST", own=me),
    Row("person_names", "302 302 302 403 403 403", "POST", foreign=viewer),
    Row("person_names", "302 302 422 403 403 403", "POST", foreign=an_owner),
    Row("person_link", LOOKS_AFTER, "POST", own=me),
    Row("person_link", LOOKS_AFTER, "POST", foreign=viewer),
    Row("person_link", "302 200 422 403 403 403", "POST", foreign=an_owner),
    Row("person_act", "302 422 422 403 403 403", "POST", own=act("close", me)),
    *(Row("person_act", ACTS_ON, "POST", foreign=act(name, viewer)) for name in ("close", "open", "end-sessions")),
    *(
        Row("person_act", "302 302 422 403 403 403", "POST", foreign=act(name, an_owner))
        for name in ("close", "open", "end-sessions", "drop-second-step")
    ),
    Row("invite", LOOKS_AFTER),
    Row("invite", LOOKS_AFTER, "POST", data=lambda w, r: {"email": "new@example.org", "role": "viewer"}),
    Row("invite", "302 200 422 403 403 403", "POST", data=lambda w, r: {"email": "new@example.org", "role": "owner"}),
    Row("invitation_cancel", ACTS_ON, "POST", own=open_invitation),
    Row("invitation_cancel", NOBODY, "POST", foreign=lambda w, r: {"invitation_id": 999_999}),
    Row("invitation", "200 200 200 200 200 200", own=invitation_link),
    Row("invitation", "404 404 404 404 404 404", foreign=lambda w, r: {"token": "a" * 32}),
    Row("teams", LOOKS_AFTER),
    Row("teams", ACTS_ON, "POST", data=lambda w, r: {"name": "Orders"}),
    Row("team", LOOKS_AFTER, own=team),
    Row("team", NOBODY, foreign=lambda w, r: {"team_id": 999_999}),
    Row("team_delete", ACTS_ON, "POST", own=team),
    Row("team_delete", NOBODY, "POST", foreign=lambda w, r: {"team_id": 999_999}),
]
ONE_S_OWN = [
    Row("my_account", INSIDE),
    Row("my_account", "302 302 302 302 302 302", "POST", data=lambda w, r: {"name": "Me", "language": "ru"}),
    Row("end_other_sessions", "302 302 302 302 302 302", "POST"),
    Row("end_session", "302 302 302 302 302 302", "POST", own=lambda w, r: session_of(w.of(r))),
    Row("end_session", "302 404 404 404 404 404", "POST", foreign=lambda w, r: session_of(w.other_than(r))),
    Row("tokens", "302 200 200 200 403 403"),
    Row("tokens", "302 200 200 200 403 403", "POST", data=lambda w, r: {"name": "t", "scopes": ["read"], "days": 30}),
    Row("token_revoke", "302 302 302 302 403 403", "POST", own=lambda w, r: token_of(w.of(r))),
    Row("token_revoke", "302 302 302 404 403 403", "POST", foreign=lambda w, r: token_of(w.other_than(r))),
]
COMPANY = [
    Row("audit", LOOKS_AFTER),
    Row("audit_csv", LOOKS_AFTER),
    Row("company", OWNER_ONLY),
    Row("company", "302 302 403 403 403 403", "POST",
        data=lambda w, r: {"name": "Us", "time_zone": "UTC", "language": "en"}),
    Row("privacy", LOOKS_AFTER),
    Row("privacy", LOOKS_AFTER, "POST", data=lambda w, r: {"like": "Anna"}),
    Row("privacy_person", LOOKS_AFTER, "POST", data=lambda w, r: {"name": "Anna"}),
    Row("privacy_person", "302 405 405 403 403 403"),
    Row("privacy_export", ACTS_ON, "POST", data=lambda w, r: {"names": "Anna"}),
    Row("privacy_forget", ACTS_ON, "POST", data=lambda w, r: {"names": "Anna", "sure": "on"}),
    Row("privacy_forget", "302 422 422 403 403 403", "POST", data=lambda w, r: {"names": "Anna"}),
    Row("privacy_work", LOOKS_AFTER, own=lambda w, r: export_of(w.of(r))),
    Row("privacy_work", LOOKS_AFTER, foreign=lambda w, r: export_of(w.other_than(r))),
    Row("privacy_work", NOBODY, foreign=lambda w, r: {"job_id": Job.add("import", asked_by=w.of(r)).pk}),
    Row("privacy_download", LOOKS_AFTER, own=lambda w, r: export_of(w.of(r))),
    Row("privacy_download", LOOKS_AFTER, foreign=lambda w, r: export_of(w.other_than(r))),
    Row("privacy_download", NOBODY, foreign=lambda w, r: {"job_id": Job.add("import", asked_by=w.of(r)).pk}),
]  # fmt: skip
ROWS = [*LOGGING_IN, *PEOPLE, *ONE_S_OWN, *COMPANY]
