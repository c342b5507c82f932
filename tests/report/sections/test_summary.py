from otklik.charts import Speech
from otklik.report.sections.fast import fast
from otklik.report.sections.summary import headline, headline_speed, summary
from tests.report.fabricated import office, shop, tiny

EN, RU = Speech("en"), Speech("ru")


def test_four_things_to_know():
    cards = summary(shop(), EN)
    assert [str(card.value).replace("\u00a0", " ") for card in cards] == ["1 day 7 h", "143", "61%", "Faster"]
    assert cards[3].tone == "good" and cards[1].tone == "bad"
    assert "5 h 12 min → 2 h 36 min since 6 July 2025" in cards[3].label.replace("\u00a0", " ")


def test_the_headline_is_one_sentence():
    assert headline(shop(), RU).replace("\u00a0", " ") == "Половина клиентов получает ответ за 2 ч 34 мин."
    assert headline_speed(shop()) is shop().measures["first_reply"].elapsed or headline_speed(shop()) is not None


def test_little_is_known_of_little():
    assert [card.value for card in summary(tiny(), EN)] == ["3", "1"]
    assert headline(tiny().model_copy(update={"measures": {}}), EN).startswith("This record cannot tell")


def test_a_tail_out_of_reach_and_cases_not_finished():
    slow = office().measures["resolution"].elapsed.model_copy(update={"p90_s": None})
    result = office().measures["resolution"].model_copy(update={"elapsed": slow})
    cards = summary(office().model_copy(update={"measures": {"resolution": result}}), Speech("en", is_process=True))
    assert cards[0].value == "Not yet" and cards[1].label == "not finished now" and cards[-1].value == "Steady"


def test_one_request_is_not_one_requests():
    few = tiny().measures["first_reply"].elapsed.model_copy(update={"n": 1})
    one = tiny().measures["first_reply"].model_copy(update={"elapsed": few})
    report = tiny().model_copy(update={"measures": {"first_reply": one}})
    assert summary(report, EN)[0].label.startswith("request:") and summary(report, RU)[0].label.startswith("обращение:")


def test_a_tail_that_ended_in_vain_is_not_still_waiting():
    gone = shop().measures["first_reply"].elapsed.model_copy(update={"p90_s": None, "never": 900, "running": 3})
    first = shop().measures["first_reply"].model_copy(update={"elapsed": gone})
    report = shop().model_copy(update={"measures": {**shop().measures, "first_reply": first}})
    assert (summary(report, RU)[0].value, summary(report, EN)[0].value) == ("Так и не", "Never")
    assert any("ended without it" in line for line in fast(report, EN).lead[:4])
