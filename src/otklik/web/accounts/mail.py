"""Short mails to people with an account, where a mail server is set up."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage

_LOG = logging.getLogger("otklik.mail")


def is_mail_set_up() -> bool:
    """Say whether mail leaves this installation."""
    return "console" not in str(settings.EMAIL_BACKEND)


def say_by_mail(to: str, subject: str, *paragraphs: str) -> bool:
    """Send a plain text; False where no mail server is set up or it refused. Its links are never written to the log."""
    if not is_mail_set_up():
        return False
    mail = EmailMessage(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", "\n\n".join(paragraphs) + "\n", to=[to])
    mail.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        return bool(mail.send())
    except (OSError, ValueError) as error:
        _LOG.warning("a mail could not be sent: %s", type(error).__name__)
        return False
