from otklik.charts import long_waits
from tests.charts.speakers import EN, words_of
from tests.report.fabricated import D, explained


def test_each_wait_is_named_and_measured():
    entries = [
        explained("A-1", "Where is it?", [(9 * D, True, "answered", "created", "reply")], "longest_wait"),
        explained("A-2", None, [(3 * D, True, "still_waiting", "created", "horizon")], "longest_wait"),
    ]
    picture = long_waits(entries, EN, "")
    assert [row[0] for row in picture.table.rows] == ["A-1", "A-2"]
    assert "A-1  Where is it?" in words_of(picture) and "9 days" in words_of(picture)
