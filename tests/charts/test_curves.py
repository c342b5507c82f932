import pyarrow as pa

from otklik.charts import Picture, curves_spec, quantiles_spec


def test_a_curve_and_a_band_for_each_value():
    table = pa.table({
        "value": ["chat", "chat", "email", "email"], "at_s": [60.0, 600.0, 3600.0, 86_400.0],
        "share": [0.2, 0.8, 0.3, 0.9], "low": [0.1, 0.7, 0.2, 0.8], "high": [0.3, 0.9, 0.4, 1.0],
    })  # fmt: skip
    spec = curves_spec(table, "first_reply")
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks.count("area") == 2 and "chat" in str(spec) and "email" in str(spec)
    assert "<svg" in Picture(spec).svg()


def test_quantiles_are_dots_with_intervals_and_open_ends_are_drawn_too():
    table = pa.table({
        "value": ["chat", "email"], "n": [40, 50], "running": [1, 2], "p": [0.5, 0.5], "value_s": [60.0, 3600.0],
        "low_s": [50.0, 3000.0], "high_s": [80.0, None],
    })  # fmt: skip
    spec = quantiles_spec(table, "first_reply")
    dots = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    assert [datum["to"] for datum in dots["data"]["values"]] == [80.0, 3600.0]
    assert "<svg" in Picture(spec).svg()


def test_an_empty_table_draws_an_empty_picture():
    empty = pa.table({name: pa.array([], pa.float64()) for name in ("value", "at_s", "share", "low", "high")})
    assert "<svg" in Picture(curves_spec(empty, "waits")).svg()
