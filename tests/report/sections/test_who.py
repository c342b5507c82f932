from otklik.charts import Speech
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
