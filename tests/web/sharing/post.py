"""A mail server of one's own making: it says what the test wrote down for it."""

from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Post(BaseEmailBackend):
    """Takes letters; `on_open` and `on_send` hold the errors that come first."""

    taken: ClassVar[list[EmailMessage]] = []
    on_open: ClassVar[list[Exception]] = []
    on_send: ClassVar[list[Exception]] = []

    @classmethod
    def anew(cls) -> None:
        cls.taken.clear()
        cls.on_open.clear()
        cls.on_send.clear()

    def open(self) -> bool:
        if self.on_open:
            raise self.on_open.pop(0)
        return True

    def send_messages(self, email_messages: list[EmailMessage]) -> int:  # type: ignore[override]
        if self.on_send:
            raise self.on_send.pop(0)
        for letter in email_messages:
            letter.message()
            self.taken.append(letter)
        return len(email_messages)
