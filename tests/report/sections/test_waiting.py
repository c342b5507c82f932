from otklik.charts import Speech
from otklik.report.sections.waiting import waiting
from tests.report.fabricated import office, shop, tiny

EN, RU = Speech("en"), Speech("ru")


def test_how_many_wait_and_how_unusual_the_longest_is():
    lead = " ".join(map(str, waiting(shop(), RU).lead)).replace("\u00a0", " ")
    assert "ответа ждут 143 клиента" in lead and "обычно к этому времени заканчиваются 99,5 %" in lead


def test_who_has_it_since_when():
    grid = next(block for block in waiting(shop(), EN).blocks if block.kind == "grid")
    assert grid.rows[0][0].text == "SHOP-4100" and grid.rows[0][1].text == "Billing"
    assert grid.rows[0][2].note.replace("\u00a0", " ") == "since 5 Nov 2025, 02:24" or "since" in grid.rows[0][2].note
    assert len(grid.rows) == 10


def test_an_unusual_wait_is_not_called_usual():
    now = shop().waiting
    first = now.longest[0].model_copy(update={"usual_share": 0.0})
    section = waiting(shop().model_copy(update={"waiting": now.model_copy(update={"longest": [first]})}), EN)
    assert "usually" not in " ".join(map(str, section.lead))


def test_nobody_waits():
    empty = shop().waiting.model_copy(update={"n": 0, "longest": [], "ages": []})
    assert "nobody was waiting" in waiting(shop().model_copy(update={"waiting": empty}), EN).lead[0]


def test_what_the_record_cannot_tell_and_cases():
    assert "does not tell" in waiting(tiny().model_copy(update={"waiting": None}), EN).lead[0]
    assert "105 cases are not finished" in waiting(office(), Speech("en", is_process=True)).lead[0]
    open_ones = shop().waiting.model_copy(update={"basis": "resolution"})
    assert "requests are open" in waiting(shop().model_copy(update={"waiting": open_ones}), EN).lead[0]


def grid_of(report, speech=EN):
    return next(block for block in waiting(report, speech).blocks if block.kind == "grid")


def with_rows(**said):
    now = shop().waiting
    rows = [row.model_copy(update=said) for row in now.longest[:3]]
    return shop().model_copy(update={"waiting": now.model_copy(update={"longest": rows})})


def test_a_record_that_knows_no_holders_does_not_say_nobody():
    grid = grid_of(with_rows(team=None, assignee=None, channel="email"))
    assert grid.columns[1] == "Channel" and grid.rows[0][1].text == "email"
    assert "With whom" not in grid_of(with_rows(team=None, assignee=None, channel=None)).columns
    grid = grid_of(shop())
    assert grid.columns[1] == "With whom" and grid.rows[1][1].text == "Anna Petrova"


def test_how_unusual_is_told_of_what_it_is_a_share_of_and_only_where_it_is():
    grid = grid_of(shop(), RU)
    assert grid.columns[-1] == "Дольше, чем" and "% ожиданий" in grid.rows[0][-1].text.replace("\u00a0", " ")
    now = shop().waiting.model_copy(update={"basis": "resolution"})
    by_end = grid_of(shop().model_copy(update={"waiting": now}))
    assert by_end.caption == "Open longest" and "of requests" in by_end.rows[0][-1].text
    assert (
        "of cases"
        in grid_of(shop().model_copy(update={"waiting": now}), Speech("en", is_process=True)).rows[0][-1].text
    )
    assert "Longer than" not in grid_of(with_rows(usual_share=0.3)).columns


def test_a_handful_is_no_most():
    now = shop().waiting.model_copy(update={"n": 3, "ages": [(0, 60.0, 3)]})
    section = waiting(shop().model_copy(update={"waiting": now}), EN)
    assert section.blocks[0].picture.title == "How long they have been waiting so far"


def test_the_title_speaks_in_the_units_of_the_picture():
    now = shop().waiting.model_copy(update={"n": 30, "ages": [(30 * 86_400.0, 90 * 86_400.0, 30)]})
    title = waiting(shop().model_copy(update={"waiting": now}), EN).blocks[0].picture.title
    assert title.replace("\u00a0", " ") == "Most have lasted between 1 mo and 3 mo"
