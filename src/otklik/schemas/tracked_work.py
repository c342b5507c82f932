"""Work as an issue tracker tells it: what is done, since when, until when; and the rows that could not be read."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class TrackedWork(BaseModel):
    """One issue; `row` is its line in a table, its place in a list. Its key or its link finds it again."""

    model_config = ConfigDict(frozen=True)

    row: int
    key: str = ""
    title: str
    status: str = ""
    begun_on: date | None = None
    done_on: date | None = None
    link: str = ""

    def is_same(self, key: str, link: str) -> bool:
        """Whether a key and a link name the same issue: by links where both have one, else by keys.

        >>> TrackedWork(row=2, title="Shift", key="SUP-7").is_same("SUP-7", "https://t.example/SUP-7")
        True
        """
        if self.link and link:
            return self.link == link
        return bool(self.key) and self.key == key


class RowSetAside(BaseModel):
    """A row that was left out: `reason` is a catalogue key, `text` what stood there."""

    model_config = ConfigDict(frozen=True)

    row: int
    reason: str
    text: str = ""


class WorkRead(BaseModel):
    """What was read of an export; `tells_done` says whether it would tell that something is done."""

    model_config = ConfigDict(frozen=True)

    rows: tuple[TrackedWork, ...] = ()
    set_aside: tuple[RowSetAside, ...] = ()
    tells_done: bool = False
