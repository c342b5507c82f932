from otklik.charts import effort
from otklik.schemas.results import Count
from tests.charts.speakers import EN, words_of


def test_shares_of_none_one_two_and_many():
    count = Count(n=100, total=0, median=1, p90=4, by_value={0: 50, 1: 20, 2: 10, 3: 5, 4: 5, 7: 6, 30: 4})
    picture = effort({"replies": count}, EN, "")
    assert picture.table.rows[0][1:] == ["50%", "20%", "10%", "10%", "6%", "4%"]
    assert list(picture.table.columns)[1:] == ["0", "1", "2", "3–4", "5–9", "10+"]
    assert "50%" in words_of(picture)


def test_measures_that_nobody_has_are_left_out():
    none = Count(n=0, total=0, median=None, p90=None, by_value={})
    assert effort({"replies": none}, EN, "").table.rows == []
