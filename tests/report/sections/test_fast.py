import re

from otklik.charts import Speech
from otklik.report.sections.fast import fast, half_within
from tests.report.fabricated import office, shop, speed, tiny

EN, RU = Speech("en"), Speech("ru")


def plain(lines: object) -> str:
    return " ".join(map(str, lines)).replace("\u00a0", " ")  # type: ignore[call-overload]


def test_both_clocks_intervals_and_those_still_running():
    lead = plain(fast(shop(), EN).lead)
    assert "Half of the customers have an answer within 2 h 34 min." in lead
    assert "95% sure, between 2 h 16 min and 2 h 43 min." in lead
    assert "Counting only the hours in which we were open: half within 1 h 1 min" in lead
    assert "143 of them are still running" in lead and "57 ended without an answer and count as never answered." in lead


def test_promises_are_counted():
    titles = [block.picture.title for block in fast(shop(), EN).blocks if block.kind == "figure"]
    assert "1 of 3 promises kept" in titles


def test_the_measures_asked_for_first_and_the_others_folded():
    grids = [block for block in fast(shop(), RU).blocks if block.kind == "grid"]
    assert [grid.folded for grid in grids] == [False, True]
    assert len(grids[0].rows) == 4


def test_a_record_that_cannot_tell():
    report = tiny().model_copy(update={"measures": {}})
    assert plain(fast(report, EN).lead).startswith("This record cannot tell how fast anybody was served. What")


def test_when_most_had_no_answer_nothing_is_invented():
    slow = speed(400, 3600, 1.2, ceiling=0.3)
    assert half_within(slow, "first_reply", EN) == (
        "More than half of those who asked had no answer by the end of the record."
    )
    assert half_within(slow, "resolution", EN) == "More than half were not finished by the end of the record."


def test_the_question_fits_the_record():
    report = office()
    assert fast(report, Speech.about(report, "en")).title == "How long does it take?"
    dates = shop().model_copy(update={"headline": "resolution"})
    section = fast(dates, EN)
    assert section.title == "How fast do we serve?" and "are solved within" in plain(section.lead)


def test_a_measure_that_is_always_zero_is_named_once_and_no_row():
    idle = shop().measures["first_reply"].model_copy(update={"measure": "waiting_on_third_party", "all_zero": True})
    report = shop().model_copy(update={"measures": {**shop().measures, "waiting_on_third_party": idle}})
    blocks = fast(report, EN).blocks
    rows = [row[0].text for block in blocks if block.kind == "grid" for row in block.rows]
    assert "Waiting on a third party" not in rows
    assert "Always zero in this record: waiting on a third party." in [b.text for b in blocks if b.kind == "notice"]


def test_without_a_tail_it_says_so_in_both_languages():
    business = speed(400, 3600, 1.2, ceiling=0.8)
    first = shop().measures["first_reply"].model_copy(update={"business": business})
    report = shop().model_copy(update={"measures": {**shop().measures, "first_reply": first}})
    assert re.search(r"open: half within [0-9hmin ]+, nine in ten: not yet\.", plain(fast(report, EN).lead))
    assert re.search(r"половина за [0-9чмин ]+, девять из десяти пока не дождались\.", plain(fast(report, RU).lead))


def test_when_all_still_run_it_says_all():
    slow = speed(58, 3600, 1.2, ceiling=0.0, running=58)
    first = shop().measures["first_reply"].model_copy(update={"elapsed": slow, "business": None})
    report = shop().model_copy(update={"measures": {"first_reply": first}})
    lead = plain(fast(report, EN).lead)
    assert "All of them are still running" in lead and "slowest tenth" not in lead
    assert lead.startswith("Nobody had an answer by the end of the record.")
    assert half_within(slow, "resolution", RU) == "К концу записей не завершено ни одно."


def test_a_handful_gets_neither_curve_nor_talk_of_tails():
    few = tiny().measures["first_reply"]
    section = fast(tiny(), EN)
    assert few.elapsed.n == 3 and not [block for block in section.blocks if block.kind == "figure"]
    assert "slowest tenth" not in plain(section.lead)


def test_the_title_speaks_of_a_time_that_the_picture_shows():
    figure = next(block for block in fast(shop(), EN).blocks if block.kind == "figure")
    time = figure.picture.title.split(" within ")[1].rstrip(".")
    assert any(row[0].endswith(f"within {time}") for row in figure.picture.table.rows)


def test_cases_take_time_and_a_lone_one_runs_in_the_singular():
    lead = " ".join(map(str, fast(office(), Speech("en", is_process=True)).lead))
    assert "1 in 10 takes longer than" in lead and "waits" not in lead
    speed = shop().measures["first_reply"].elapsed.model_copy(update={"running": 1, "never": 3})
    result = shop().measures["first_reply"].model_copy(update={"elapsed": speed})
    report = shop().model_copy(update={"measures": {**shop().measures, "first_reply": result}})
    grid = next(block for block in fast(report, RU).blocks if block.kind == "grid")
    assert grid.rows[0][-1].note.replace("\u00a0", " ") == "1 ещё идёт, 3 так и не дождались"


def test_those_who_never_had_it_are_said_to_lack_what_was_measured():
    said = plain(fast(shop(), EN).lead)
    assert "ended without an answer and count as never answered" in said
    result = shop().measures["resolution"]
    ended = result.model_copy(update={"elapsed": result.elapsed.model_copy(update={"never": 5})})
    measures = {**shop().measures, "resolution": ended}
    resolved = shop().model_copy(update={"headline": "resolution", "measures": measures})
    assert "5 ended unsolved and count as never served" in plain(fast(resolved, EN).lead)
