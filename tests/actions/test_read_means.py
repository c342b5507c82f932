"""Exports of issue trackers as they come: whose headings, whose dates, what is set aside and why."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.actions.read_means import MOST, TooMuchWork, UnreadableWork, read_means, write_work
from otklik.schemas.tracked_work import TrackedWork, WorkRead

ZONE = "Europe/Moscow"
JIRA = """\
Summary,Issue key,Issue id,Issue Type,Status,Created,Resolved,Custom field (Start date)
A second shift,SUP-1,10001,Task,Done,04/May/26 3:12 PM,18/May/26 9:00 AM,05/May/26
Call the ten oldest,SUP-2,10002,Task,To Do,04/May/26 3:12 PM,,
"""
YOUTRACK = """\
Ключ;Тема;Состояние;Создано;Завершено;Ссылка
SUP-1;Вторая смена;Готово;04.05.2026 15:12;18.05.2026 09:00;https://yt.example/issue/SUP-1
"""
GITHUB = [
    {"number": 12, "title": "A second shift", "state": "closed", "created_at": "2026-05-04T22:30:00Z", "id": 99,
     "closed_at": "2026-05-18T06:00:00Z", "url": "https://api.example/12", "html_url": "https://git.example/12"},
    {"number": 13, "title": "Call", "state": "open", "created_at": "2026-05-04T10:00:00Z", "closed_at": None},
]  # fmt: skip
GH = [
    {"number": 12, "title": "A second shift", "state": "CLOSED", "createdAt": "2026-05-04T22:30:00Z", "closed": True,
     "closedAt": "2026-05-18T06:00:00Z", "url": "https://git.example/12"},
]  # fmt: skip
REST = {
    "issues": [
        {"key": "SUP-1", "fields": {"summary": "A second shift", "status": {"name": "Done"},
                                    "created": "2026-05-04T15:12:00.000+0300",
                                    "resolutiondate": "2026-05-18T09:00:00.000+0300"}},
    ]
}  # fmt: skip


def read(text: str, name: str = "issues.csv") -> WorkRead:
    return read_means(text.encode(), name, ZONE)


def listed(told: object) -> WorkRead:
    return read(json.dumps(told), "issues.json")


def test_a_table_of_jira() -> None:
    """What was started is begun then; what has no such day, when it was written down."""
    first, second = read(JIRA).rows
    assert (first.row, first.key, first.title, first.status) == (2, "SUP-1", "A second shift", "Done")
    assert (first.begun_on, first.done_on) == (date(2026, 5, 5), date(2026, 5, 18))
    assert (second.begun_on, second.done_on) == (date(2026, 5, 4), None)


def test_russian_headings_and_dates() -> None:
    (row,) = read(YOUTRACK).rows
    assert row == TrackedWork(
        row=2, key="SUP-1", title="Вторая смена", status="Готово", begun_on=date(2026, 5, 4),
        done_on=date(2026, 5, 18), link="https://yt.example/issue/SUP-1",
    )  # fmt: skip


def test_the_list_of_github_by_both_its_doors() -> None:
    """An instant late in the evening of Greenwich is the next day of Moscow; the page is linked, not the program's."""
    first, second = listed(GITHUB).rows
    assert (first.key, first.link, first.begun_on) == ("12", "https://git.example/12", date(2026, 5, 5))
    assert (first.done_on, second.done_on, second.link) == (date(2026, 5, 18), None, "")
    assert listed(GH).rows == (first.model_copy(update={"status": "CLOSED"}),)
    assert listed({"items": GITHUB}).rows == (first, second)


def test_what_lies_in_fields_is_read_too() -> None:
    (row,) = listed(REST).rows
    assert (row.key, row.status, row.begun_on, row.done_on) == ("SUP-1", "Done", date(2026, 5, 4), date(2026, 5, 18))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("SUP-3,,,,,", "it does not say what is done"),
        (",Call,,,,", "it has neither a key nor a link by which it could be found again"),
        (f"{'K' * 101},Call,,,,", "its key is longer than keys are"),
        ("SUP-3,Call,,,,javascript:alert(1)", "its link is no address that begins with https://"),
        (f"SUP-3,Call,,,,https://t.example/{'x' * 500}", "its link is no address that begins with https://"),
        ("SUP-3,Call,,tomorrow,,", "when it was begun is no date"),
        ("SUP-3,Call,,,soon,", "when it was done is no date"),
        ("SUP-3,Call,,2026-05-02,2026-05-01,", "it was done before it was begun"),
        ("SUP-1,Call,,,,", "it stands in the file twice"),
    ],
)
def test_a_bad_row_is_told_and_the_others_go_in(line: str, reason: str) -> None:
    found = read(f"key,title,status,begun,done,link\nSUP-1,Shift,,,,\n{line}\nSUP-9,Late,,,,\n")
    assert [one.key for one in found.rows] == ["SUP-1", "SUP-9"]
    assert [(one.row, one.reason) for one in found.set_aside] == [(3, reason)]


def test_a_formula_is_text_and_signs_nobody_sees_are_gone() -> None:
    (row,) = read('key,title\nA,"=HYPERLINK(""https://x"")\x00\n\u202esecond line"\n').rows
    assert row.title == '=HYPERLINK("https://x") second line'
    (row,) = listed([{"key": "\ud800A", "title": "x" * 400}]).rows
    assert (row.key, len(row.title)) == ("A", 300)


def test_day_or_month_first_is_decided_for_both_columns_together() -> None:
    """Only the day of its end says that the day stands first."""
    (row,) = read("key,title,created,resolved\nA,Shift,04/05/2026,18/05/2026\n").rows
    assert (row.begun_on, row.done_on) == (date(2026, 5, 4), date(2026, 5, 18))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"), (b"key,when\nA,2026-05-04\n", "a.csv"), (b"{", "a.json"), (b"3", "a.json"), (b"[3]", "a.json"),
        (b'{"x": 1}', "a.json"), (b"\xff\xfe[", "a.json"), (b"[" * 100_000, "a.json"), (b"[]", "a.json"),
        (b'key,title\n"' + b"x" * 1_100_000, "a.csv"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_issues_is_refused_politely(content: bytes, name: str) -> None:
    with pytest.raises(UnreadableWork) as caught:
        read_means(content, name)
    assert caught.value.facts["file"] == name


def test_more_than_anybody_can_look_through_is_refused() -> None:
    lines = "".join(f"A-{n},Shift\n" for n in range(MOST + 1))
    with pytest.raises(TooMuchWork):
        read(f"key,title\n{lines}")
    assert len(read(f"key,title\n{lines.replace(f'A-{MOST},Shift', '')}").rows) == MOST


days = st.none() | st.dates(date(2001, 1, 1), date(2100, 1, 1))
texts = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(texts, texts, days, st.integers(0, 90)), max_size=8), st.booleans())
def test_what_was_read_comes_back_as_it_was(given_: list[tuple[str, str, date | None, int]], tells_done: bool) -> None:
    rows = tuple(
        TrackedWork(row=number, key=f"{number}-{key}", title=title, begun_on=begun,
                    done_on=begun + timedelta(days=length) if begun and tells_done else None)
        for number, (key, title, begun, length) in enumerate(given_, start=1)
    )  # fmt: skip
    made = WorkRead(rows=rows, tells_done=tells_done)
    if rows:
        assert read_means(write_work(made).encode(), "rows.json", ZONE) == made
