"""What a section of the report is made of; doors (page, terminal) decide how each looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from otklik.charts import Picture

Tone = Literal["plain", "good", "bad", "quiet"]


@dataclass(frozen=True)
class Way:
    """A way on from a figure: its words, how many things lie there, the address."""

    text: str
    n: str
    address: str


@dataclass(frozen=True)
class Figure:
    """A picture with its numbers; on a page that has more to show, the ways on from its rows."""

    picture: Picture
    uid: str
    ways_title: str = ""
    ways: Sequence[Way] = ()
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True)
class Card:
    """One number to remember: the value large, what it is, and a quiet line."""

    value: str
    label: str
    note: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class Cards:
    """Cards side by side."""

    cards: Sequence[Card]
    kind: Literal["cards"] = "cards"


@dataclass(frozen=True)
class Cell:
    """A cell of a table: the figure, and a quiet line under it."""

    text: str
    note: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Grid:
    """A table to be read; on a narrow screen every row becomes a card. `folded` ones open at a click."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    folded: bool = False
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True)
class Notice:
    """Something to know before reading on."""

    text: str
    tone: Tone = "quiet"
    kind: Literal["notice"] = "notice"


@dataclass(frozen=True)
class Listing:
    """Short lines, each with an optional remark."""

    items: Sequence[tuple[str, str]]
    title: str = ""
    kind: Literal["listing"] = "listing"


@dataclass(frozen=True)
class Story:
    """One request told: who, how long, and the picture of its time."""

    title: str
    remark: str
    value: str
    figure: Figure
    sentences: Sequence[str] = field(default=())
    kind: Literal["story"] = "story"


Block = Figure | Cards | Grid | Notice | Listing | Story


@dataclass(frozen=True)
class Section:
    """One question of the report with its answer."""

    id: str
    title: str
    lead: Sequence[str]
    blocks: Sequence[Block] = ()
