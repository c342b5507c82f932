from otklik.charts import Speech, turns
from tests.charts.speakers import EN, RU, words_of
from tests.report.fabricated import shop


def test_the_parts_are_named_with_their_share():
    text = words_of(turns(shop().where, EN, ""))
    assert "waiting on us 61%" in text and "waiting on others 8%" in text


def test_the_table_says_what_it_is_for_one_request():
    assert turns(shop().where, RU, "").table.columns[2] == "На одно обращение"
    assert turns(shop().where, Speech("ru", is_process=True), "").table.columns[2] == "На одно дело"
