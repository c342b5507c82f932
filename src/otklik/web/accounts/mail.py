"""Short mails to people with an account, where a mail server is set up."""

import logging
import time
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage

PAUSE_S = 1.0
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
        return _sent(mail)
    except (OSError, ValueError) as error:
        _LOG.warning("a mail could not be sent: %s", type(error).__name__)
        return False


def _sent(mail: EmailMessage) -> bool:
    """Send; where the server says "not now" in so many words, once more: what may have left is not sent again."""
    try:
        return bool(mail.send())
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        if not _is_for_now(error):
            raise
        time.sleep(PAUSE_S)
        return bool(mail.send())


def _is_for_now(error: SMTPRecipientsRefused | SMTPResponseException) -> bool:
    codes = [error.smtp_code] if isinstance(error, SMTPResponseException) else [c for c, _ in error.recipients.values()]
    return all(400 <= code < 500 for code in codes)
