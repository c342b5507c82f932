"""Who calls: a program with a token. Cookies open nothing here, so that no page elsewhere can borrow a session."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja.security import HttpBearer

from otklik.base.text import N_
from otklik.web.accounts.models import ApiToken, Scope
from otklik.web.api.models.buckets import Bucket, Rate
from otklik.web.api.problems import TOLD, Refusal

_LACKS = N_("The token does not allow this: it lacks the scope %(scope)s, or its person the right behind it.")


class Bearer(HttpBearer):
    """A token that names a scope; counted, so that one program cannot keep all others waiting."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        """Forget whoever the session says it is, then look at the token."""
        request.user = AnonymousUser()
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token; raise Refusal where it does not allow this, or came too often."""
        found = ApiToken.by_secret(token.strip())
        if found is None:
            return None
        if not found.allows(self.scope):
            raise Refusal(403, "scope-missing", _LACKS, scope=self.scope.value)
        take_one(f"{self.scope.value}:{found.pk}", self.scope)
        request.user = found.owner
        found.note_use()
        return found


def take_one(key: str, scope: Scope) -> None:
    """Take one from the caller's bucket; raise Refusal when it is empty."""
    rate = Rate(settings.PUSHES_A_MINUTE if scope is Scope.PUSH else settings.READS_A_MINUTE)
    wait_s = Bucket.take(key, rate)
    if wait_s:
        raise Refusal(429, "too-many", TOLD[429], wait_s=wait_s, wait=wait_s)


READ = Bearer(Scope.READ)
PUSH = Bearer(Scope.PUSH)
