from otklik.base.text import Words
from otklik.charts.formats import DAY, HOUR, Formats
from otklik.charts.scales import duration_axis, linear_ticks, log_ticks, rung_above, rung_below, share_axis

EN = Formats(Words("en"))


def test_ticks_are_rungs_that_people_read():
    assert log_ticks(60, 7 * DAY, 12) == [60, 300, 900, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY]


def test_ticks_are_thinned_to_the_room():
    thin = log_ticks(1, 365 * DAY, 5)
    assert len(thin) <= 6 and thin[0] == 1


def test_linear_ticks_start_at_nought_and_are_round():
    assert linear_ticks(6.5 * HOUR, 5) == [0, 2 * HOUR, 4 * HOUR, 6 * HOUR]


def test_rungs_around_a_value():
    assert rung_below(50) == 15 and rung_above(50) == 60
    assert rung_below(0.1) == 1 and rung_above(1e12) == 10 * 365 * DAY


def test_labels_are_looked_up_by_value():
    axis = duration_axis([0, 3600], EN)
    assert axis["labelExpr"].replace("\u00a0", " ") == '({"0": "0", "3600": "1 h"})[datum.value]'
    assert '"0.25": "25%"' in share_axis(EN)["labelExpr"]
