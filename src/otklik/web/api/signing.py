"""Signed calls: the other side can tell that they come from us, are whole, and are not an old one sent again."""

import hashlib
import hmac
import re
from typing import Final

HEADER: Final = "Otklik-Signature"
WINDOW_S: Final = 300
_SIGNATURE = re.compile(r"t=(?P<at>\d{1,12}),v1=(?P<proof>[0-9a-f]{64})")


def sign(secret: str, number: str, body: bytes, at_s: int) -> str:
    """Write the header: HMAC-SHA256 over instant, number of the delivery and body."""
    return f"t={at_s},v1={_proof(secret, number, body, at_s)}"


def is_signed(secret: str, header: str, number: str, body: bytes, now_s: float) -> bool:
    """Say whether the header fits, and is not older (or from further ahead) than five minutes.

    Who must not take the same twice keeps the numbers of the last five minutes.
    """
    found = _SIGNATURE.fullmatch(header)
    if found is None or abs(now_s - int(found["at"])) > WINDOW_S:
        return False
    return hmac.compare_digest(found["proof"], _proof(secret, number, body, int(found["at"])))


def _proof(secret: str, number: str, body: bytes, at_s: int) -> str:
    signed = f"{at_s}.{number}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
