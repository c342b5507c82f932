"""Secrets of other systems, encrypted under a key that lies outside the database."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class VaultBroken(Exception):
    """A secret was sealed under another key: restore vault.key from the backup, or enter the secret again."""


@cache
def _fernet() -> Fernet:
    return Fernet(settings.DATA.vault_key().encode("ascii"))


def seal(text: str) -> str:
    """Encrypt."""
    return _fernet().encrypt(text.encode()).decode("ascii")


def opened(sealed: str) -> str:
    """Decrypt; raise VaultBroken where the key does not fit."""
    try:
        return _fernet().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as broken:
        raise VaultBroken from broken
