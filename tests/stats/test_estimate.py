from otklik.stats.estimate import UNKNOWN, Estimate


def test_an_unknown_figure_has_no_interval_either():
    assert Estimate(None, None, None) == UNKNOWN
