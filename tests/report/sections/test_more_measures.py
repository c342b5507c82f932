from otklik.charts import Speech
from otklik.report.sections.fast import fast
from otklik.report.sections.more_measures import FIRST, first_measures, more_measures
from otklik.report.whole import QUESTIONS, section
from tests.report.fabricated import shop, tiny

EN = Speech("en")


def rows_of(part):
    return [row[0].text for block in part.blocks if block.kind == "grid" for row in block.rows]


def only(names):
    report = shop()
    return report.model_copy(update={"measures": {name: report.measures[name] for name in names}})


def test_what_is_left_for_later_is_what_the_whole_question_folds_away():
    whole = rows_of(fast(shop(), EN))
    some = [name for name in shop().measures if name in first_measures()]
    others = [name for name in shop().measures if name not in first_measures()]
    assert rows_of(fast(only(some), EN)) + rows_of(more_measures(only(others), EN)) == whole
    assert rows_of(more_measures(only(others), EN)) == rows_of(more_measures(shop(), EN)) != []


def test_pictures_need_the_first_measures_only():
    some = only([name for name in shop().measures if name in first_measures()])
    titles = [[b.picture.title for b in fast(report, EN).blocks if b.kind == "figure"] for report in (shop(), some)]
    assert titles[0] == titles[1] and len(titles[0]) >= 3


def test_the_measure_asked_for_is_among_the_first():
    assert first_measures("handoffs") == {*FIRST, "handoffs"}
    assert first_measures() == {*FIRST}


def test_a_record_without_more_says_so_in_both_languages():
    bare = tiny().model_copy(update={"measures": {}})
    assert "nothing beyond" in str(more_measures(bare, EN).lead)
    assert section(bare, "more_measures", "ru").title == "Другие показатели"
    assert "more_measures" not in QUESTIONS


def test_always_zero_is_said_where_the_measure_would_stand():
    idle = shop().measures["first_reply"].model_copy(update={"measure": "waiting_on_third_party", "all_zero": True})
    report = shop().model_copy(update={"measures": {**shop().measures, "waiting_on_third_party": idle}})
    notices = [block.text for block in more_measures(report, EN).blocks if block.kind == "notice"]
    assert notices == ["Always zero in this record: waiting on a third party."]
