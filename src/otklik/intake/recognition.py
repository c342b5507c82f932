"""Whose record is it? Every reader looks at the files that are left; the surest takes its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.base.errors import FileError
from otklik.intake.archives import GZIP_MAGIC
from otklik.intake.errors import CutShort, UnknownFormat
from otklik.intake.registry import load_source, source_names
from otklik.intake.source import Input, Recognition, Source

_SEEN_CHARACTERS = 60


@dataclass(frozen=True)
class Claim:
    """One reader and the files it takes, and why (None when the user named the format)."""

    source: Source
    inputs: tuple[Input, ...]
    recognition: Recognition | None


def sort_out(inputs: Sequence[Input], format_name: str | None = None) -> tuple[list[Claim], list[Input]]:
    """Give every file to the reader that is surest of it; the rest is returned as unknown."""
    if format_name is not None:
        return [Claim(load_source(format_name), tuple(inputs), None)], []
    sources = [load_source(name) for name in source_names()]
    claims: list[Claim] = []
    left = list(inputs)
    while left and (best := _surest(sources, left)):
        source, recognition = best
        claims.append(Claim(source, recognition.inputs, recognition))
        taken = {id(item) for item in recognition.inputs}
        left = [item for item in left if id(item) not in taken]
    return claims, left


def unknown(item: Input) -> FileError:
    """Say what an unknown file looks like and which formats are known."""
    if item.head.startswith(GZIP_MAGIC):  # it would have been unpacked, were it sound
        return CutShort(file=item.name)
    return UnknownFormat(file=item.name, seen=_seen(item.head), known=", ".join(source_names()))


def _surest(sources: Sequence[Source], left: Sequence[Input]) -> tuple[Source, Recognition] | None:
    offers = [(source, source.recognise(left)) for source in sources]
    sure = [(source, offer) for source, offer in offers if offer is not None and offer.inputs and offer.score > 0]
    return max(sure, key=lambda pair: pair[1].score, default=None)


def _seen(head: bytes) -> str:
    text = head[: 4 * _SEEN_CHARACTERS].decode("utf-8", "replace")
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:_SEEN_CHARACTERS] or repr(head[:16])
