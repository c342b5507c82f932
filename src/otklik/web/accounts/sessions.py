"""The sessions of a person: which are alive, and how to end them."""

from typing import Any

from otklik.web.accounts.models import LogIn


def sessions_of(user: Any) -> list[LogIn]:
    """Those that still open something, the last used first; dead ones leave the list."""
    alive = []
    for login in LogIn.objects.filter(user=user):
        if login.is_alive:
            alive.append(login)
        else:
            login.delete()
    return alive


def end_sessions(user: Any, but: str | None = None) -> int:
    """End every session of a person but one; return how many."""
    found = list(LogIn.objects.filter(user=user).exclude(session_key=but or ""))
    for login in found:
        login.end()
    return len(found)
