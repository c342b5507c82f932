"""Log lines: one JSON object each, controls escaped, nothing secret in them."""

import json
import logging
import re
from datetime import UTC, datetime

_SECRET = re.compile(
    r"(?i)((?:password|passwd|secret|token|api[_-]?key|authorization|cookie|session\w*|csrf\w*)[\"']?\s*[=:]\s*[\"']?)"
    r"(?:bearer\s+)?[^\s\"'&;,}]+"
)
_IN_URL = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s/@]+(?=@)")
_TOKEN = re.compile(r"\botk_[A-Za-z0-9_-]{16,}|(?i:bearer)\s+[A-Za-z0-9._~+/=-]{12,}")
_BOT = re.compile(r"(?:\b|(?<=bot))\d{5,20}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
_IN_PATH = re.compile(r"(/(?:shared|invitation|reset|key|goals/dates)/)[A-Za-z0-9_:-]{12,}")
HIDDEN = "***"


def without_secrets(text: str) -> str:
    """Blank out what looks like a password, a token or a link that opens something."""
    text = _SECRET.sub(rf"\1{HIDDEN}", text)
    text = _IN_URL.sub(rf"\1{HIDDEN}", _BOT.sub(HIDDEN, _TOKEN.sub(HIDDEN, text)))
    return _IN_PATH.sub(rf"\1{HIDDEN}", text)


class JsonLines(logging.Formatter):
    """One line an event; whatever a stranger sent stays inside a JSON string."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record as JSON."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        for name in ("request_number", "job"):
            if (value := getattr(record, name, None)) is not None:
                told[name] = str(value)
        if record.exc_info:
            told["trace"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=True)
