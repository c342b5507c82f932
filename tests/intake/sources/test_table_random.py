"""Whatever a table holds, reading it ends in a log whose account adds up, or in words."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from otklik.base.errors import UserError
from otklik.intake import read_log

HEADINGS = (
    *("id", "case id", "created", "closed", "resolved", "updated", "first reply at", "status", "activity", "time"),
    *("author", "body", "direction", "field", "new value", "team", "kind", "by", "public", "Статус", "", "x"),
)
CELLS = st.one_of(
    st.sampled_from(("1", "2", "A-1", "a-1", "", " ", "NULL", "open", "Closed", "в работе", "customer", "created")),
    st.sampled_from(("2024-03-04 10:00", "05.03.2024", "3/4/24 1:00 PM", "1709546400", "9999-12-31", "0000-00-00")),
    st.sampled_from(("message", "note", "Agent reply", "merged", "=1+1", "45355,5", 'a"b', "x,y", "line\nbreak", "\0")),
    st.text(max_size=8),
)


@st.composite
def tables(draw):
    names = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(names) - 1, max_size=len(names)), max_size=12))
    return [names, *rows]


@given(tables(), st.sampled_from([",", ";", "\t"]))
def test_any_table_ends_in_a_log_or_in_words(table, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(table)
    assert is_sound(text.getvalue().encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_log_or_in_words(content):
    assert is_sound(content)


def is_sound(content: bytes) -> bool:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content)
        try:
            log = read_log([path])
        except UserError as error:
            return "%(" not in str(error).replace(folder, "")
    count = log.count
    seqs = log.events.select(["request", "at", "seq"]).to_pylist()
    in_order = [(row["request"], row["at"], row["seq"]) for row in seqs]
    return in_order == sorted(in_order) and count.read == count.kept + count.quarantined + count.duplicate
