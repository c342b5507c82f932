from otklik.charts import Speech
from otklik.report.glossary import file_names, glossary, method
from tests.report.fabricated import shop, tiny


def test_every_term_has_a_meaning_in_both_languages():
    english, russian = glossary(Speech("en")), glossary(Speech("ru"))
    assert len(english) == len(russian) == 9
    assert all(one[1] != other[1] for one, other in zip(english, russian, strict=True))


def test_the_hours_that_were_counted_are_named_in_the_language():
    settings = shop().settings.model_copy(update={"calendar_summary": ["mon-fri 09:00-18:00 Europe/Moscow"]})
    report = shop().model_copy(update={"settings": settings})
    assert ("График работы", "пн-пт 09:00-18:00 Europe/Moscow") in method(report, Speech("ru"))


def test_without_a_calendar_the_page_says_so():
    assert any("only time around the clock" in meaning for _, meaning in method(tiny(), Speech("en")))


def test_many_files_are_counted():
    log = tiny().log.model_copy(update={"files": [f"mail/{i}.eml" for i in range(103)]})
    assert file_names(tiny().model_copy(update={"log": log}), Speech("en")) == "0.eml, 1.eml, 2.eml, and 100 more"
