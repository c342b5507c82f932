"""What happens at log-in and around it goes into the audit trail, and sessions are listed."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from otklik.web.accounts.audit import record
from otklik.web.accounts.known_browser import will_be_known
from otklik.web.accounts.models import LogIn
from otklik.web.accounts.sessions import end_sessions

_AFTER = {
    password_changed: "password.changed",
    password_reset: "password.reset",
}
_STEPS = {
    authenticator_added: "second-step.on",
    authenticator_removed: "second-step.off",
    authenticator_reset: "recovery-codes.made",
}


@receiver(user_logged_in, dispatch_uid="otklik.logged-in")
def logged_in(request: HttpRequest | None, user: Any, **_: Any) -> None:
    """List the session and write it down."""
    if request is None or not hasattr(request, "META"):
        return
    if not request.session.session_key:
        request.session.save()
    LogIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "browser": request.headers.get("User-Agent", "")[:200],
            "address": request.META.get("REMOTE_ADDR") or None,
        },
    )
    record(request, "login.succeeded")
    will_be_known(request, user.email)


@receiver(user_logged_out, dispatch_uid="otklik.logged-out")
def logged_out(request: HttpRequest | None, user: Any, **_: Any) -> None:
    """Take the session off the list."""
    if request is not None and user is not None:
        LogIn.objects.filter(session_key=request.session.session_key or "").delete()
        record(request, "logout")


@receiver(user_login_failed, dispatch_uid="otklik.login-failed")
def login_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Write down a wrong password; of the address only what was typed as one."""
    record(request, "login.failed", str(credentials.get("email", ""))[:120])


@receiver(authentication_failed, dispatch_uid="otklik.code-failed")
def code_failed(request: HttpRequest, user: Any, **_: Any) -> None:
    """Write down a wrong code."""
    record(request, "second-step.failed", user.email)


def _after(verb: str) -> Any:
    def write(request: HttpRequest, user: Any, authenticator: Any = None, **_: Any) -> None:
        if verb.startswith("second-step.") and authenticator.type != "totp":
            return  # recovery codes come and go with it
        record(user, verb, user.email, address=request.META.get("REMOTE_ADDR", ""))
        if verb == "password.reset":
            will_be_known(request, user.email)
        if verb.startswith("password."):
            end_sessions(user, but=request.session.session_key)

    return write


for _signal, _verb in {**_AFTER, **_STEPS}.items():
    _signal.connect(_after(_verb), weak=False, dispatch_uid=f"otklik.{_verb}")
