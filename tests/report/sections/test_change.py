from otklik.charts import Speech
from otklik.report.sections.change import change, verdict_text
from otklik.schemas.results import ChangeReason
from tests.report.fabricated import END, office, shop, tiny

EN, RU = Speech("en"), Speech("ru")


def test_since_when_from_what_to_what_and_how_sure():
    lead = " ".join(map(str, change(shop(), EN).lead)).replace("\u00a0", " ")
    assert "It is getting faster." in lead and "half wait less than 2 h 36 min instead of 5 h 12 min" in lead
    assert "95% sure: 44% to 57% of what it was" in lead and "The last 3 weeks are greyed" in lead


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
    assert "It changed 5 times; the last:" in lead and sum("instead of" in line for line in lead) == 2


def test_too_short_a_record():
    assert "too short" in change(tiny(), EN).lead[0]
    young = shop().trend.model_copy(update={"weeks": [week for week in shop().trend.weeks if week.young]})
    assert not change(shop().model_copy(update={"trend": young}), EN).blocks
