import pytest

from otklik.charts import Speech
from otklik.report.sections.change import change, change_text, ratio_text, verdict_text
from otklik.schemas.results import ChangeReason
from tests.report.fabricated import END, office, shop, tiny

EN, RU = Speech("en"), Speech("ru")


def test_since_when_from_what_to_what_and_how_sure():
    lead = " ".join(map(str, change(shop(), EN).lead)).replace("\u00a0", " ")
    assert "It has become faster." in lead and "half wait less than 2 h 36 min; before, it was 5 h 12 min." in lead
    assert "95% sure, 43–56% shorter" in lead and "The last 3 weeks are young (grey)" in lead


@pytest.mark.parametrize(
    ("low", "high", "english", "russian"),
    [
        (7.23, 10.97, "between 7 and 11 times as long", "дольше в 7–11 раз"),
        (1.52, 3.4, "between 1.5 and 3 times as long", "дольше в 1,5–3 раза"),
        (2.1, 2.4, "between 2.1 and 2.4 times as long", "дольше в 2,1–2,4 раза"),
        (6.9, 7.2, "about 7 times as long", "дольше примерно в 7 раз"),
        (1.12, 1.6, "12–60% longer", "больше на 12–60 %"),
        (0.51, 0.83, "17–49% shorter", "меньше на 17–49 %"),
        (0.9, 1.2, "between 90% and 120% of what it was", "от 90 % до 120 % прежнего"),
    ],
)
def test_how_much_is_said_as_people_say_it(low, high, english, russian):
    point = shop().trend.changes[0].model_copy(update={"ratio_low": low, "ratio_high": high})
    assert ratio_text(point, EN) == english
    assert ratio_text(point, RU).replace("\u00a0", " ") == russian


def test_cases_are_finished_and_do_not_wait():
    said = change_text(shop().trend.changes[0], shop().trend, Speech("ru", is_process=True))
    assert "половина завершается за 2 ч 36 мин; раньше было 5 ч 12 мин" in said.replace("\u00a0", " ")


def test_one_young_week_is_not_counted_and_long_points_are_explained():
    weeks = [week.model_copy(update={"young": i == 9}) for i, week in enumerate(shop().trend.weeks[:10])]
    trend = shop().trend.model_copy(update={"weeks": weeks})
    assert "The last week is young" in " ".join(change(shop().model_copy(update={"trend": trend}), EN).lead)
    yearly = shop().model_copy(update={"trend": trend.model_copy(update={"weeks_per_point": 52})})
    lead = " ".join(change(yearly, EN).lead)
    assert "The last 52 weeks are young" in lead and "so 52 weeks make one point" in lead


def test_no_change_is_said_to_be_none():
    assert "No week from which on" in " ".join(map(str, change(office(), EN).lead))
    assert verdict_text(office().trend, RU) == "Остаётся как было"


def test_reasons_are_told_when_they_matter():
    reason = ChangeReason(at=END, by="channel", change=0.12, mix=0.02, within=0.10, parts=[])
    with_reason = shop().model_copy(update={"trend": shop().trend.model_copy(update={"reasons": [reason]})})
    grid = next(block for block in change(with_reason, EN).blocks if block.kind == "grid")
    assert [cell.text for cell in grid.rows[0]] == ["channel", "+12", "+2", "+10"]
    none = reason.model_copy(update={"change": 0.001})
    without = shop().model_copy(update={"trend": shop().trend.model_copy(update={"reasons": [none]})})
    assert not [block for block in change(without, EN).blocks if block.kind == "grid"]


def test_many_changes_are_counted_and_the_last_told():
    trend = shop().trend.model_copy(update={"changes": shop().trend.changes * 5})
    lead = list(map(str, change(shop().model_copy(update={"trend": trend}), EN).lead))
    assert "It changed 5 times; here are the last two." in lead and sum("before, it was" in line for line in lead) == 2


def test_too_short_a_record():
    assert "too short" in change(tiny(), EN).lead[0]
    young = shop().trend.model_copy(update={"weeks": [week for week in shop().trend.weeks if week.young]})
    assert not change(shop().model_copy(update={"trend": young}), EN).blocks


def test_the_share_is_called_what_it_is():
    def titles(measure, speech):
        trend = shop().trend.model_copy(update={"measure": measure})
        blocks = change(shop().model_copy(update={"trend": trend}), speech).blocks
        return [block.picture.title.replace("\u00a0", " ") for block in blocks if block.kind == "figure"]

    assert titles("first_reply", EN)[1] == "How many had an answer within 4 h"
    assert titles("resolution", EN)[1] == "How many were solved within 4 h"
    assert titles("resolution", Speech("en", is_process=True))[1] == "How many were finished within 4 h"


def test_a_curve_that_is_mostly_too_young_is_not_drawn():
    def figures(young_from, verdict):
        weeks = [week.model_copy(update={"young": i >= young_from}) for i, week in enumerate(shop().trend.weeks[:20])]
        trend = shop().trend.model_copy(update={"weeks": weeks, "verdict": verdict, "changes": []})
        return [b for b in change(shop().model_copy(update={"trend": trend}), EN).blocks if b.kind == "figure"]

    assert not figures(4, "too_short")
    assert figures(12, "too_short") and figures(4, "steady")
