from otklik.charts import Speech, slice_dots
from otklik.report.sections.who import slice_title, slowest, who
from tests.report.fabricated import shop, tiny

EN, RU = Speech("en"), Speech("ru")


def test_the_finding_names_the_slowest_and_by_how_much():
    titles = [block.picture.title.replace("\u00a0", " ") for block in who(shop(), EN).blocks if block.kind == "figure"]
    assert titles == [
        "Channel: “email” takes 3 h 24 min longer than the others",
        "Team: “Billing and refunds, second line” takes 7 h longer than the others",
        "Priority: no clear difference",
    ]


def test_what_is_left_out_is_said():
    assert any("Ещё 4 не показаны." in block.text for block in who(shop(), RU).blocks if block.kind == "notice")


def test_nothing_to_compare():
    assert "nothing to compare" in who(tiny(), EN).lead[0]
    assert slowest(shop().slices[2]) is None and "явной разницы нет" in slice_title(shop().slices[2], RU)


def test_one_whose_half_is_not_served_yet_is_named_without_a_number():
    cut = shop().slices[0]
    slow = cut.rows[0].model_copy(update={"verdict": "slower", "difference_s": None, "median_s": None, "value": "fax"})
    some = cut.model_copy(update={"rows": [slow, *cut.rows[1:]]})
    assert slice_title(some, EN) == "Channel: “fax” is clearly slower than the others"
    rows = slice_dots(some, EN, "").table.rows
    assert (rows[0][2], rows[0][5]) == ("not yet", "clearly slower")


def test_no_difference_is_not_said_where_one_is_faster():
    cut = shop().slices[0]
    rows = [row.model_copy(update={"verdict": "no_difference"}) for row in cut.rows]
    quick = rows[0].model_copy(update={"verdict": "faster", "difference_s": -600.0, "value": "chat"})
    some = cut.model_copy(update={"rows": [quick, *rows[1:]]})
    assert slice_title(some, RU).replace("\u00a0", " ") == "Канал: «chat» — на 10 мин быстрее остальных"
    quick = quick.model_copy(update={"difference_s": None})
    assert "clearly faster" in slice_title(cut.model_copy(update={"rows": [quick, *rows[1:]]}), EN)


def test_where_nothing_can_be_compared_no_difference_is_no_finding():
    """One big group and two of three: there is nobody to compare it with."""
    rows = [row.model_copy(update={"verdict": "too_few"}) for row in shop().slices[0].rows]
    alone = shop().model_copy(update={"slices": [shop().slices[0].model_copy(update={"rows": rows})]})
    assert "nothing to compare" in who(alone, EN).lead[0]


def test_what_is_compared_is_said():
    assert who(shop(), EN).lead[0] == "What is compared: first reply, as the customer feels it."
    assert who(shop(), Speech("ru", is_process=True)).lead[0] == "Сравнивается показатель: первый ответ."
