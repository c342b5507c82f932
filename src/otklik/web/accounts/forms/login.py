"""The forms of log-in, password and second step, in our words."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as second_step
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as totp
from django import forms
from django.http import HttpRequest

from otklik.base.text import N_
from otklik.web.accounts.models import User
from otklik.web.words import language, say_later

_LABELS = {
    "login": N_("E-mail address"),
    "email": N_("E-mail address"),
    "password": N_("Password"),
    "remember": N_("Stay logged in here for two weeks"),
    "oldpassword": N_("The password so far"),
    "password1": N_("New password, at least 10 characters"),
    "password2": N_("The new password once more"),
    "code": N_("Code"),
}


class OurWords:
    """Labels of ours, no words inside the fields."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in _LABELS:
                field.label = say_later(_LABELS[name])
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class LogIn(OurWords, account.LoginForm):
    """Address and password."""


class ChangePassword(OurWords, account.ChangePasswordForm):
    """The old password and a new one."""


class SetPassword(OurWords, account.SetPasswordForm):
    """A first password."""


class NewPassword(OurWords, account.ResetPasswordKeyForm):
    """A new password, by a link that was mailed."""


class Confirm(OurWords, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class AskForReset(OurWords, account.ResetPasswordForm):
    """The address whose password is forgotten: known or not, the same is done and answered, in the same time."""

    def clean_email(self) -> str:
        """Look nothing up."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, _request: HttpRequest, **_: Any) -> str:
        """Queue the mail; whether there is such a person is found out later, by the worker."""
        from otklik.web.jobs.models import Job

        email: str = self.cleaned_data["email"]
        Job.add("mail-password-link", {"email": email, "language": language()})
        return email


class SecondStep(OurWords, second_step.AuthenticateForm):
    """The code at log-in."""

    user: User

    def clean_code(self) -> str:
        """Whoever learnt many passwords may not guess the codes of many accounts."""
        from otklik.web.accounts.login_flood import stop_strangers

        stop_strangers(context.request, self.user.email)
        return str(super().clean_code())


class ConfirmByCode(OurWords, second_step.ReauthenticateForm):
    """The code once more, before something that matters."""


class SwitchOn(OurWords, totp.ActivateTOTPForm):
    """The first code of a new authenticator."""


class SwitchOff(OurWords, totp.DeactivateTOTPForm):
    """Nothing is asked."""


class NewCodes(OurWords, codes.GenerateRecoveryCodesForm):
    """Nothing is asked."""
