"""Who asks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from otklik.web.accounts.models import User


def person_in(request: HttpRequest) -> User:
    """The person who is logged in; strangers are refused."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied
