from otklik.charts.legend import legend


def test_one_layer_a_shape_and_one_for_the_words():
    layers = legend([("line", "us", "late"), ("box", "soft", "young"), ("dash", "accent", "working")], 800)
    assert [layer["mark"]["type"] for layer in layers] == ["rule", "rule", "point", "text"]


def test_what_does_not_fit_goes_to_the_next_line():
    words = legend([("line", "us", "a rather long explanation"), ("line", "accent", "another long one")], 200)[-1]
    assert len({datum["y"] for datum in words["data"]["values"]}) == 2
