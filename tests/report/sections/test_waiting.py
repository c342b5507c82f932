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
