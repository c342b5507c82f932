"""The ways people write dates and times, as a grammar over shapes (digits written 9, letters written a)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_TIME = r"(?P<h>99?)[:.](?P<mi>99)(?:[:.](?P<s>99)(?:[.,](?P<f>9{1,9}))?)?(?: ?(?P<half>a\.?a\.?)(?!a))?"
_ZONE = (
    r"(?: ?(?P<sign>[+-])(?P<oh>99)(?::?(?P<om>99))?"
    r"| ?(?P<zone>a{1,5})(?P<sign2>[+-])?(?P<oh2>99?)?(?::?(?P<om2>99))?)?"
)
_ZONE_END = r"(?: \([a ]{2,60}\))?"
_BETWEEN = r"(?:,? +| ?a ?|, a{1,4} | a{1,4} |_)"
_YEAR = r"(?P<Y>9999|99)(?: ?(?:aa|a)\.?(?:aa)?)?"
_DATES = (
    r"(?P<Y>9999)[-/. ](?P<M>99?)[-/. ](?P<D>99?)",
    r"(?P<A>99?)[-/. ](?P<B>99?)[-/. ](?P<Y>9999|99)",
    r"(?P<Y>9999)(?P<M>99)(?P<D>99)",
    rf"(?:a+,? )?(?P<D>99?)[-. /]?(?P<name>a{{3,24}})\.?[-. /,]{{1,2}}{_YEAR}",
    r"(?:a+,? )?(?P<name>a{3,24})\.? (?P<D>99?)(?:aa)?,? (?P<Y>9999)",
    r"(?P<Y>9999)[-/. ](?P<name>a{3,24})[-/. ](?P<D>99?)",
)
_GRAMMAR: Final = tuple(
    re.compile(pattern)
    for pattern in (
        *(rf"{date}(?:{_BETWEEN}{_TIME}{_ZONE}{_ZONE_END})?" for date in _DATES),
        rf"{_TIME},? (?P<A>99?)[-/.](?P<B>99?)[-/.](?P<Y>9999|99)",
        r"(?P<Y>9999)(?P<M>99)(?P<D>99)a?(?P<h>99)(?P<mi>99)(?P<s>99)?(?P<zone>a)?",
        r"(?:a+ )(?P<name>aaa) +(?P<D>99?) (?P<h>99):(?P<mi>99):(?P<s>99)(?: (?P<zone>a{3,4}))? (?P<Y>9999)",
    )
)
_NUMBER: Final = (
    ("unix-s", re.compile(r"(?P<n>9{10})(?:[.,](?P<f>9{1,9}))?")),
    ("unix-ms", re.compile(r"(?P<n>9{13})(?:[.,]9{1,6})?")),
    ("unix-us", re.compile(r"(?P<n>9{16})")),
    ("excel", re.compile(r"(?P<n>9{5})(?:[.,](?P<f>9{1,15}))?")),
)
MONTHS: Final = {
    start: number
    for number, starts in enumerate(
        ("jan янв", "feb фев", "mar мар", "apr апр", "may мая май mai", "jun июн", "jul июл", "aug авг", "sep сен",
         "oct окт okt", "nov ноя", "dec дек dez"),
        1,
    )
    for start in starts.split()
}  # fmt: skip
ZONES_S: Final = {
    "z": 0, "utc": 0, "gmt": 0, "msk": 10_800, "мск": 10_800, "est": -18_000, "edt": -14_400, "cst": -21_600,
    "cdt": -18_000, "mst": -25_200, "mdt": -21_600, "pst": -28_800, "pdt": -25_200, "cet": 3_600, "cest": 7_200,
    "eet": 7_200, "eest": 10_800, "bst": 3_600,
}  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """One way to understand a shape: a style and where each field stands."""

    style: str
    fields: dict[str, tuple[int, int]]


@lru_cache(maxsize=4_096)
def cuts_of(shape: str, numbers: bool) -> tuple[Cut, ...]:
    """Give every way to understand a shape, the likeliest first; `numbers` allows unix times and Excel day numbers."""
    found = [_cut(_style(match), match) for pattern in _GRAMMAR if (match := pattern.fullmatch(shape))]
    if numbers:
        found = [_cut(style, match) for style, pattern in _NUMBER if (match := pattern.fullmatch(shape))] + found
    return tuple(found)


def _cut(style: str, match: re.Match[str]) -> Cut:
    return Cut(style, {name: match.span(name) for name, text in match.groupdict().items() if text is not None})


def _style(match: re.Match[str]) -> str:
    fields = match.groupdict()
    if fields.get("A"):
        return f"a{match.string[match.end('A')]}b"
    return "named" if fields.get("name") else "ymd"
