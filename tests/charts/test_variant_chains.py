from otklik.charts import variant_chains
from tests.charts.speakers import EN, words_of
from tests.report.fabricated import shop


def test_the_way_is_a_chain_and_the_stall_stands_after_its_step():
    text = words_of(variant_chains(shop().barriers, EN, ""))
    assert text.index("Asked") < text.index("1 h 36 min") < text.index("Taken by a person")


def test_what_repeats_at_once_is_written_once():
    assert "Customer writes ×3" in words_of(variant_chains(shop().barriers, EN, ""))


def test_the_table_tells_where_each_way_stalls():
    rows = variant_chains(shop().barriers, EN, "").table.rows
    assert rows[0][4].replace("\u00a0", " ") == "after “Asked”: 1 h 36 min" and rows[2][4] == "–"
