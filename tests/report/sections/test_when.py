from otklik.charts import Speech
from otklik.report.sections.when import when
from otklik.schemas.results import WeekGrid
from tests.report.fabricated import shop, tiny

EN = Speech("en")


def test_the_busiest_hour_and_the_longest_waits_in_the_zone():
    section = when(shop(), EN)
    titles = [block.picture.title for block in section.blocks]
    assert titles[0] == "The busiest hour of the week: Monday, 11:00" and titles[1].startswith(
        "The longest waits begin"
    )
    assert "Europe/Moscow" in " ".join(map(str, section.lead))


def test_dates_without_hours_give_no_map():
    midnight = [[50 if hour == 0 else 0 for hour in range(24)] for _ in range(7)]
    dates = shop().when.model_copy(update={"arrivals": WeekGrid(zone="UTC", n=midnight), "dates_only": True})
    section = when(shop().model_copy(update={"when": dates}), EN)
    assert not section.blocks and "dates only" in section.lead[0]


def test_three_arrivals_have_no_busy_hour():
    assert when(tiny(), EN).lead == ["Too few came to tell busy hours from quiet ones."]


def test_the_slowest_hour_is_one_in_which_enough_came():
    """A median of six is luck, however long."""
    n = [[200 if hour in (9, 10) else 6 for hour in range(24)] for _ in range(7)]
    medians = [[900.0 if hour == 9 else 600.0 if hour == 10 else 99_999.0 for hour in range(24)] for _ in range(7)]
    waits = WeekGrid(zone="UTC", n=n, median_s=medians)
    report = shop().model_copy(update={"when": shop().when.model_copy(update={"waits": waits})})
    assert "Sunday, 09:00; half last over 15" in when(report, EN).blocks[1].picture.title
    few = waits.model_copy(update={"n": [[6] * 24 for _ in range(7)]})
    report = shop().model_copy(update={"when": shop().when.model_copy(update={"waits": few})})
    assert when(report, EN).blocks[1].picture.title == "How long those waited who came at that hour"


def test_a_handful_of_medians_is_no_map():
    few = [[None] * 24 for _ in range(7)]
    few[0][0] = 60.0
    waits = shop().when.waits.model_copy(update={"median_s": few})
    report = shop().model_copy(update={"when": shop().when.model_copy(update={"waits": waits})})
    assert [block.uid for block in when(report, EN).blocks] == ["arrivals", "open"]


def test_four_arrivals_make_no_busiest_hour():
    thin = WeekGrid(zone="UTC", n=[[4 if hour == 9 else 1 for hour in range(24)] for _ in range(7)])
    report = shop().model_copy(update={"when": shop().when.model_copy(update={"arrivals": thin})})
    assert when(report, EN).blocks[0].picture.title == "When they came"


def test_cases_start_and_take_while_customers_come_and_wait():
    section = when(shop(), Speech("en", is_process=True))
    titles = [block.picture.title for block in section.blocks]
    assert titles[1].startswith("The longest ones start:") and "too few started" in section.lead[-1]
    words = str([block.picture.spec for block in section.blocks])
    assert "how many started, in all" in words and "half took longer than this" in words
    assert "how many came, in all" in str(when(shop(), EN).blocks[0].picture.spec)


def _with_open(n, of):
    grid = WeekGrid(zone="UTC", n=[[n] * 24] * 7, mean=[[of(day, hour) for hour in range(24)] for day in range(7)])
    return shop().model_copy(update={"when": shop().when.model_copy(update={"open": grid})})


def test_the_hour_at_which_most_are_open_is_named():
    title = when(_with_open(4, lambda day, hour: 20.0 if (day, hour) == (2, 15) else 12.5), EN).blocks[2].picture.title
    assert title == "Most are open: Wednesday, 15:00; 20 on average"
    ru = when(_with_open(4, lambda day, hour: 20.0 if (day, hour) == (2, 15) else 12.5), Speech("ru"))
    assert ru.blocks[2].picture.title == "Больше всего открыто: среда, 15:00; в среднем 20"


def test_a_backlog_that_is_the_same_at_any_hour_has_no_fullest_one():
    title = when(_with_open(4, lambda day, hour: 500 + day), EN).blocks[2].picture.title
    assert title == "About as many are open at any hour: up to 506 on average"
    assert when(_with_open(4, lambda day, hour: 0.0), EN).blocks[2].picture.title == "Nothing is ever open for long"


def test_one_week_is_no_map_of_what_is_open():
    assert [block.uid for block in when(_with_open(1, lambda day, hour: 5.0), EN).blocks] == ["arrivals", "waits"]
