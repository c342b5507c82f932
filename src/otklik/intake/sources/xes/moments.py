"""Instants as XES writes them, thousands at a time."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.units import to_us
from otklik.schemas.events import UTC_US

_ISO: Final = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$"
_FINE: Final = r"(\.\d{6})\d+"
_ZONED: Final = r"(Z|[+-]\d\d:?\d\d)$"


def instants(texts: pa.Array, zone: str) -> tuple[pa.Array, int]:
    """Read ISO instants as UTC, and count those without an offset, which are in `zone`; null for what is no instant."""
    try:
        return texts.cast(UTC_US), 0  # as nearly every log has them
    except pa.ArrowInvalid:
        coded = texts.dictionary_encode()
        iso = pc.match_substring_regex(texts, _ISO)
        bare = pc.sum(pc.and_not(iso, pc.match_substring_regex(texts, _ZONED))).as_py() or 0
        return _distinct(coded.dictionary, zone).take(coded.indices), bare


def _distinct(texts: pa.Array, zone: str) -> pa.Array:
    iso = pc.match_substring_regex(texts, _ISO)
    zoned = pc.and_(iso, pc.match_substring_regex(texts, _ZONED))
    try:
        fine = pc.replace_substring_regex(texts, _FINE, r"\1")
        at = pc.if_else(zoned, fine, pa.scalar(None, pa.string())).cast(UTC_US)
        if pc.all(zoned).as_py() is not False and not texts.null_count:
            return at
        local = pc.if_else(pc.and_not(iso, zoned), fine, pa.scalar(None, pa.string())).cast(pa.timestamp("us"))
        local = pc.assume_timezone(local, zone, ambiguous="earliest", nonexistent="latest").cast(UTC_US)
        at = pc.coalesce(at, local)
    except pa.ArrowInvalid:  # a month 13 among them: look at each
        at = pa.nulls(len(texts), UTC_US)
    missing = np.flatnonzero(np.asarray(at.is_null()))
    one_by_one = [_instant_us(texts[int(row)].as_py(), zone) for row in missing]
    return pc.replace_with_mask(at, at.is_null(), pa.array(one_by_one, pa.int64()).cast(UTC_US))


def _instant_us(text: str | None, zone: str) -> int | None:
    try:
        at = datetime.fromisoformat(text or "")
        return to_us(at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None
