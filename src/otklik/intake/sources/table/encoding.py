"""In which letters is it written? UTF-8 and UTF-16 prove themselves; Cyrillic code pages are weighed."""

import codecs
from dataclasses import dataclass
from math import log2
from typing import Final

from otklik.base.text import N_

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC: Final = ("cp1251", "koi8-r", "cp866")
_PER_MILLE: Final = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5,
         4, 3, 3, 1, 1),
        strict=True,
    )
)  # fmt: skip
"""How often each letter stands in Russian text (National Corpus, rounded)."""
_ENOUGH: Final = 1.3
_PLAUSIBLE: Final = ("cp1252", "cp1250", "cp1253", "cp1254", "cp1257", "shift_jis", "gb18030", "big5", "euc_kr")
_FEW: Final = 200
_WORST_SHARE: Final = 0.05


@dataclass(frozen=True)
class Encoding:
    """A codec by its Python name, and why: `reason` a catalogue key."""

    name: str
    reason: str


def detect_encoding(sample: bytes, *, whole: bool = False) -> Encoding:
    """Tell the encoding from the first bytes; `whole` says that there are no more."""
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return Encoding(name, N_("it begins with a byte order mark"))
    if wide := _utf16_without_mark(sample):
        return Encoding(wide, N_("every other byte is zero"))
    if sample.isascii():
        return Encoding("utf-8", N_("it holds plain ASCII letters"))
    if _is_utf8(sample, whole):
        return Encoding("utf-8", N_("its bytes are valid UTF-8"))
    weights = {name: _weight(sample.decode(name, "replace")) for name in _CYRILLIC}
    best = max(weights, key=lambda name: weights[name])
    if weights[best] >= _ENOUGH:
        return Encoding(best, N_("read so, it gives Russian words"))
    return _by_statistics(sample)


def _is_utf8(sample: bytes, whole: bool) -> bool:
    """Say whether it is UTF-8, a few damaged letters forgiven; a letter cut by the sample's end is none."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(sample, final=whole)
    strange = sum(not letter.isascii() for letter in text)
    return text.count("�") <= _WORST_SHARE * strange


def _utf16_without_mark(sample: bytes) -> str | None:
    size = len(sample) // 2
    if size < 2:
        return None
    even, odd = sample[0 : 2 * size : 2].count(0), sample[1 : 2 * size : 2].count(0)
    if odd > 0.3 * size and even < 0.05 * size:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * size and odd < 0.05 * size else None


def _weight(text: str) -> float:
    """Weigh how Russian a text is, per letter outside ASCII: about 2.5 for real words, far less for misread ones."""
    weight, strange, before = 0.0, 0, " "
    for letter in text:
        if not letter.isascii():
            strange += 1
            weight += _letter_weight(letter, before)
        elif letter.isalpha() and not before.isascii():
            weight -= 1
        before = letter
    return weight / strange if strange else 0.0


def _letter_weight(letter: str, before: str) -> float:
    if letter in "№«»—–":
        return 0.5
    often = _PER_MILLE.get(letter.lower())
    if often is None or (before.isascii() and before.isalpha()):
        return -2.0
    if letter.isupper() and before.islower():
        return -2.0
    return log2(often / 10) + 0.5 - 0.3 * letter.isupper()


def _by_statistics(sample: bytes) -> Encoding:
    import charset_normalizer

    strange = sum(byte > 127 for byte in sample)
    match = (
        charset_normalizer.from_bytes(sample[:65_536], cp_isolation=[*_PLAUSIBLE]).best() if strange > _FEW else None
    )
    if match is None:
        return Encoding("cp1252", N_("nothing else fits; Western letters are assumed"))
    return Encoding(codecs.lookup(match.encoding).name, N_("its letters are most often found together in this one"))
