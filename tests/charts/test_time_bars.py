from otklik.charts import time_bars
from otklik.schemas.results import TimePart
from tests.charts.speakers import EN, words_of


def test_the_largest_parts_are_drawn_and_all_are_in_the_table():
    parts = [TimePart(part=f"team {i}", total_s=100.0 - i, share=0.1) for i in range(10)]
    picture = time_bars(parts, EN, "", "Team")
    assert len(picture.table.rows) == 10
    assert "team 7" in words_of(picture) and '"team 9"' not in words_of(picture)
