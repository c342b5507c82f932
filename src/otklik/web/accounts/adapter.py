"""How log-in behaves here: nobody signs up without an invitation; codes work once."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):
    """People come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up by oneself."""
        return False


class SecondFactor(DefaultMFAAdapter):
    """Secrets of the second factor are kept encrypted."""

    def encrypt(self, text: str) -> str:
        """Encrypt under the key that is not in the database."""
        from otklik.web.vault import seal

        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read it back."""
        from otklik.web.vault import opened

        return opened(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        """Name the account in the person's authenticator."""
        return str(user.email)
