"""Read an export of an issue tracker: what is done, since when, until when. Work is read as work, never as a number."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from otklik.actions.table_rows import BrokenRow, table_rows
from otklik.base.errors import FileError, UserError
from otklik.base.text import N_
from otklik.schemas.tracked_work import RowSetAside, TrackedWork, WorkRead

MOST: Final = 200
"""So many issues at once can be looked through."""
LONGEST_TITLE: Final = 300
LONGEST_KEY: Final = 100
LONGEST_LINK: Final = 500
_LONGEST_SHOWN: Final = 80
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "key": ("issue key", "key", "id readable", "ключ", "ключ задачи", "ключ запроса", "код", "iid", "number", "номер",
            "№", "id", "issue id", "ид", "идентификатор"),
    "title": ("summary", "title", "subject", "issue", "name", "тема", "название", "заголовок", "задача",
              "краткое описание"),
    "status": ("status", "state", "статус", "состояние", "стадия"),
    "begun": ("begun", "started", "started at", "start date", "actual start", "date started", "начато", "начало",
              "дата начала", "взято в работу", "created", "created at", "created date", "date created", "opened",
              "создано", "создана", "создан", "дата создания"),
    "done": ("done", "done at", "done date", "resolved", "resolved at", "resolved date", "resolution date",
             "resolutiondate", "completed", "completed at", "finished", "closed at", "closed", "closed date",
             "date closed", "решено", "дата решения", "завершено", "дата завершения", "выполнено", "дата выполнения",
             "закрыто", "закрыта", "дата закрытия"),
    "link": ("html url", "web url", "link", "permalink", "url", "ссылка", "адрес"),
}  # fmt: skip
"""Of several columns for one thing, the first that says something in a row."""
Cells = dict[str, str]


class UnreadableWork(FileError):
    """An export that cannot be read: facts `file`, `reason` and, where known, `row`."""

    code = "unreadable-work"
    hint = N_("Export the issues as CSV with a line of headings, or as JSON as GitHub lists them.")


class TooMuchWork(UserError):
    """More issues than anybody can look through: facts `n`, `most`."""

    code = "too-much-work"
    message = N_("There are %(n)s issues in it; at most %(most)s can be looked through at once.")
    hint = N_("Export only those that are done for the goals of this cycle.")


def read_means(content: bytes, name: str, zone: str = "UTC") -> WorkRead:
    """Read issues out of CSV, or of JSON where the name ends so; what cannot be right is set aside with its reason.

    Instants become days of `zone`. Raises UnreadableWork and TooMuchWork.
    """
    numbered = list(_listed(content, name) if name.lower().endswith(".json") else _tabled(content, name))
    told = {column for _, cells in numbered for column in cells}
    if "title" not in told:
        raise UnreadableWork(file=name, reason=N_("no heading says which column tells what is done"))
    if len(numbered) > MOST:
        raise TooMuchWork(n=len(numbered), most=MOST)
    days = _days([[cells.get(column, "") for _, cells in numbered] for column in ("begun", "done")], zone)
    rows: list[TrackedWork] = []
    aside: list[RowSetAside] = []
    for (row, cells), begun, done in zip(numbered, *days, strict=True):
        found = _work(row, cells, begun, done, rows)
        (rows if isinstance(found, TrackedWork) else aside).append(found)  # type: ignore[arg-type]
    return WorkRead(rows=tuple(rows), set_aside=tuple(aside), tells_done="done" in told)


def write_work(read: WorkRead) -> str:
    """Write the rows that were read as JSON that can be read again, with nothing lost."""
    told = []
    for one in read.rows:
        cells = {"key": one.key, "title": one.title, "status": one.status, "link": one.link}
        cells |= {"begun": one.begun_on.isoformat() if one.begun_on else ""}
        if read.tells_done:
            cells |= {"done": one.done_on.isoformat() if one.done_on else ""}
        told.append(cells)
    return json.dumps(told, ensure_ascii=False)


def _work(
    row: int, cells: Cells, begun: date | None, done: date | None, before: Sequence[TrackedWork]
) -> TrackedWork | RowSetAside:
    title, key, link = cells.get("title", ""), cells.get("key", ""), cells.get("link", "")
    wrong = [
        (not title, N_("it does not say what is done"), key or link),
        (not key and not link, N_("it has neither a key nor a link by which it could be found again"), title),
        (len(key) > LONGEST_KEY, N_("its key is longer than keys are"), key),
        (bool(link) and not _is_address(link), N_("its link is no address that begins with https://"), link),
        (bool(cells.get("begun")) and begun is None, N_("when it was begun is no date"), cells.get("begun", "")),
        (bool(cells.get("done")) and done is None, N_("when it was done is no date"), cells.get("done", "")),
        (bool(begun and done and done < begun), N_("it was done before it was begun"), title),
        (any(one.is_same(key, link) for one in before), N_("it stands in the file twice"), key or link),
    ]
    for is_wrong, reason, text in wrong:
        if is_wrong:
            return RowSetAside(row=row, reason=reason, text=text[:_LONGEST_SHOWN])
    status = cells.get("status", "")[:LONGEST_KEY]
    return TrackedWork(
        row=row, key=key, title=title[:LONGEST_TITLE], status=status, begun_on=begun, done_on=done, link=link
    )


def _is_address(link: str) -> bool:
    return link.startswith(("https://", "http://")) and len(link) <= LONGEST_LINK


def _tabled(content: bytes, name: str) -> Iterator[tuple[int, Cells]]:
    try:
        rows = table_rows(content)
        _, headings = next(rows, (1, []))
        for line, cells in rows:
            yield line, _chosen(zip(headings, cells, strict=False))
    except BrokenRow as error:
        raise UnreadableWork(file=name, reason=str(error), row=error.row) from None


def _listed(content: bytes, name: str) -> Iterator[tuple[int, Cells]]:
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except UnicodeError:
        raise UnreadableWork(file=name, reason=N_("it is not UTF-8 text")) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableWork(file=name, reason=str(error)) from None
    if isinstance(told, dict):
        told = next((told[key] for key in ("items", "issues") if isinstance(told.get(key), list)), None)
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise UnreadableWork(file=name, reason=N_("it is no list of issues"))
    for number, one in enumerate(told, start=1):
        inner = one.get("fields")
        flat = one | (inner if isinstance(inner, dict) else {})
        yield number, _chosen((key, _plain(value)) for key, value in flat.items())


def _plain(value: Any) -> str:
    """What a value says as text: the name of a thing, a number, a text; nothing of yes, no, and of lists."""
    if isinstance(value, dict):
        value = value.get("name")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _chosen(cells: Iterable[tuple[str, str]]) -> Cells:
    """What is told of each thing: of several columns the first in the order of HEADINGS that says something."""
    known: Cells = {}
    for heading, text in cells:
        name = _heading(heading)
        known[name] = known.get(name) or _line(text)
    found = {}
    for column, names in HEADINGS.items():
        texts = [known[name] for name in names if name in known]
        if texts:
            found[column] = next((text for text in texts if text), "")
    return found


def _heading(text: str) -> str:
    """A heading made plain: small letters, one space, without what some trackers put around it.

    >>> _heading("Custom field (Start date)"), _heading("createdAt"), _heading("html_url")
    ('start date', 'created at', 'html url')
    """
    inner = re.fullmatch(r"(?:custom field|настраиваемое поле|пользовательское поле) \((.+)\)", text.strip(), re.I)
    spaced = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", " ", inner[1] if inner else text)
    return " ".join(re.sub(r"[_\-]", " ", spaced).casefold().replace("ё", "е").split())


def _line(text: str) -> str:
    """A text on one line, without signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _days(columns: Sequence[Sequence[str]], zone: str) -> list[list[date | None]]:
    """The days of columns; None where a cell is empty or no date. Day or month first is decided for all together."""
    import pyarrow as pa

    from otklik.intake.sources.table.instants import choose_order, take_apart, to_instants

    cells = [pa.array([text or None for text in texts], pa.string()) for texts in columns]
    pieces = [take_apart(column, numbers=True) for column in cells]
    is_russian = any("а" <= sign <= "я" for texts in columns for text in texts for sign in text.casefold())
    choice = choose_order(pieces, is_russian=is_russian)
    order, ours = (choice.order if choice else None), ZoneInfo(zone)
    found = [to_instants(*both, order, zone).at.to_pylist() for both in zip(cells, pieces, strict=True)]
    return [[None if at is None else at.astimezone(ours).date() for at in column] for column in found]
