"""Texts that a spreadsheet would take for a formula: made safe on the way out, restored on the way in.

A text that begins with = + - @, a tab or a line break (or the full-width forms) gets a leading apostrophe; so does one
that already has apostrophes before such a sign, which makes the way back exact.
"""

import re
from typing import Final

RISKY: Final = r"('*[=+\-@\t\r\n＝＋－＠])"
"""For RE2 and for `re`, to be used at the very beginning of a text."""
_RISKY = re.compile(rf"\A{RISKY}")
_MADE_SAFE = re.compile(rf"\A'{RISKY}")


def make_safe(text: str) -> str:
    """Put an apostrophe before what could be a formula.

    >>> make_safe("+7 495 000-00-00"), make_safe("Anna")
    ("'+7 495 000-00-00", 'Anna')
    """
    return f"'{text}" if _RISKY.match(text) else text


def restore(text: str) -> str:
    """Take the apostrophe away again; other texts stay as they are.

    >>> restore("'+7 495 000-00-00"), restore("'tis")
    ('+7 495 000-00-00', "'tis")
    """
    return text[1:] if _MADE_SAFE.match(text) else text
