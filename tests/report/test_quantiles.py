from otklik.charts import Speech
from otklik.report.quantiles import figures_text, interval_text, quantile_cell, quantile_text, too_few
from tests.report.fabricated import shop, speed, tiny

EN, RU = Speech("en"), Speech("ru")


def test_a_median_with_its_interval():
    cell = quantile_cell(speed(5000, 3600, 1.2), "median", EN, "elapsed")
    assert "min" in cell.text or "h" in cell.text
    assert " – " in cell.note and cell.numeric


def test_too_few_is_not_the_same_as_not_reached():
    few = tiny().measures["first_reply"].elapsed
    slow = speed(400, 3600, 1.2, ceiling=0.4)
    assert few is not None and too_few(few, "median")
    assert quantile_text(few, "median", EN, "elapsed") == "too few to say"
    assert quantile_text(slow, "median", EN, "elapsed") == "not yet"
    assert interval_text(slow, "median", EN, "elapsed") == ""


def test_without_a_clock_there_is_a_dash():
    assert quantile_cell(None, "p90", EN, "business").text == "–"


def test_an_interval_open_above_says_at_least():
    half_open = speed(40, 3600, 1.2).model_copy(update={"p90_s": 9000.0, "p90_low_s": 7200.0, "p90_high_s": None})
    assert quantile_cell(half_open, "p90", EN, "elapsed").note.replace("\u00a0", " ") == "at least 2 h"


def test_half_and_nine_in_ten_in_one_phrase():
    few, slow = tiny().measures["first_reply"].elapsed, speed(400, 3600, 1.2, ceiling=0.4)
    assert figures_text(few, EN, "elapsed") == "half: too few to say, nine in ten: too few to say"
    assert figures_text(slow, RU, "elapsed") == "половина пока не дождалась, девять из десяти пока не дождались"
    both = figures_text(speed(5000, 3600, 1.2), EN, "business", sure=True)
    assert both.count("95% sure") == 2 and both.index("half") < both.index("95%") < both.index("nine in ten")


def test_those_who_ended_in_vain_are_not_said_to_be_waiting():
    gone = speed(120, 3600, 1.2, ceiling=0.0, never=120)
    assert quantile_text(gone, "median", EN, "elapsed") == "never"
    assert figures_text(gone, EN, "elapsed") == "half: never, nine in ten: never"


def test_an_interval_whose_ends_read_the_same_is_not_told():
    speed = shop().measures["first_reply"].elapsed
    week = 7 * 86_400.0
    narrow = speed.model_copy(update={"p90_s": week, "p90_low_s": week - 60, "p90_high_s": week + 60})
    assert quantile_cell(narrow, "p90", Speech("en"), "elapsed").note == ""
