import pytest

from otklik.charts import of_hundred
from otklik.schemas.results import ShareWithin
from tests.charts.speakers import EN, words_of
from tests.report.fabricated import speed, tiny


@pytest.mark.parametrize("median", [40.0, 3600.0, 90_000.0])
def test_a_hundred_people_are_a_hundred(median: float):
    picture = of_hundred(speed(5000, median, 1.7), EN, "")
    assert picture is not None
    assert sum(int(row[1]) for row in picture.table.rows) == 100


def test_the_last_group_did_not_get_it_in_time():
    picture = of_hundred(speed(5000, 7000.0, 1.7), EN, "")
    assert picture is not None and "not within" in words_of(picture)
    assert len(picture.table.rows) <= 5


def test_without_anybody_followed_there_is_no_picture():
    few = tiny().measures["first_reply"].elapsed
    assert few is not None and of_hundred(few, EN, "") is None


def test_the_groups_add_up_to_what_is_said_of_each_time():
    """28.6 and 51.2 of a hundred are 29 and 51, so 22 came in between, not 23."""
    shares = {86_400.0: 0.286, 604_800.0: 0.512, 2_592_000.0: 0.896}
    within = [ShareWithin(within_s=at, share=share, low=None, high=None) for at, share in shares.items()]
    picture = of_hundred(speed(5000, 600_000.0, 1.7).model_copy(update={"within": within}), EN, "")
    assert [row[1] for row in picture.table.rows] == ["29", "22", "39", "10"]
