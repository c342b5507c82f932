"""How log-in behaves here: nobody signs up without an invitation; guesses are counted; secrets are kept encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse

from otklik.base.text import N_
from otklik.web.accounts import limits
from otklik.web.accounts.known_browser import known_browser
from otklik.web.words import say, say_later

SAID = {
    "account/messages/password_changed.txt": N_("The password is changed. Every other session has ended."),
    "mfa/messages/totp_activated.txt": N_("The second step is on."),
    "mfa/messages/totp_deactivated.txt": N_("The second step is off."),
    "mfa/messages/recovery_codes_generated.txt": N_("These are your new recovery codes; the old ones no longer work."),
}
"""What is said after an act; other messages of the log-in are left out."""
MAILED = {
    "account/email/password_changed": N_("The password of your account was changed."),
    "account/email/password_reset": N_("A new password was set for your account."),
    "mfa/email/totp_activated": N_("The second step of log-in was switched on for your account."),
    "mfa/email/totp_deactivated": N_("The second step of log-in was switched off for your account."),
    "mfa/email/recovery_codes_generated": N_("New recovery codes were made for your account."),
}
_TOO_OFTEN = say_later(N_("Too many tries. Wait five minutes, then try again."))
_WRONG_CODE = say_later(N_("This code is not right, or was used already. Take the one that is shown now."))


class ClosedDoor(DefaultAccountAdapter):
    """People come by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": say_later(N_("Address or password are not right.")),
        "incorrect_password": say_later(N_("The password is not right.")),
        "enter_current_password": say_later(N_("The password is not right.")),
        "incorrect_code": _WRONG_CODE,
        "too_many_login_attempts": _TOO_OFTEN,
        "rate_limited": _TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up by oneself."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try: by account and address together first, so that nobody is locked out by a neighbour's tries.

        A browser that is known counts for itself, so that nobody is locked out of it by the tries of strangers.
        """
        from otklik.web.accounts.login_flood import stop_strangers

        address, account = self.get_client_ip(request), str(credentials.get("email", "")).strip().lower()
        stop_strangers(request, account)
        browser = known_browser(request, account)
        pair = ("login-pair", f"{address} {account}")
        by_stranger = (pair, ("login-address", address), ("login-account", account))
        counted = (("login-known", f"{browser} {account}"),) if browser else by_stranger
        self._login_failed_rl_usage = limits.count(request, *counted)
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever set a new password by mail may try again at once."""
        address, account = self.get_client_ip(request), str(credentials.get("email", "")).lower()
        limits.forget(request, "login-pair", f"{address} {account}")
        limits.forget(request, "login-account", account)
        limits.forget(request, "login-known", f"{known_browser(request, account)} {account}")

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *_: Any,
                    message: str | None = None, **__: Any) -> None:  # fmt: skip
        """Say it in our words, or not at all."""
        text = message or say(SAID.get(message_template or "", ""))
        if text:
            messages.add_message(request, level, text)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Tell the person that the account was changed; nothing else is mailed this way."""
        from otklik.web.accounts.mail import say_by_mail

        text = MAILED.get(template_prefix)
        if text:
            say_by_mail(email, say(text), say(N_("If this was not you, tell the owner of your company at once.")))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a change of password."""
        return reverse("home")


class SecondFactor(DefaultMFAAdapter):
    """Secrets of the second factor are kept encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _WRONG_CODE,
        "cannot_delete_authenticator": say_later(
            N_("Your company wants the second step from everybody; it cannot be switched off.")
        ),
    }

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

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Not where the company wants it from everybody."""
        from otklik.web.accounts.models import Company

        return not Company.ours().second_factor_wanted


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Say whether log-in of this person takes a second step."""
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
