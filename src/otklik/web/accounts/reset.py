"""The way to a new password: a link that holds for a day and works once."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from otklik.web.accounts.models import User


def link_for(person: User) -> str:
    """Make the link; it begins with the address of this installation, whatever a request said its host was."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)},
    )
    return f"{settings.BASE_URL}{path}"
