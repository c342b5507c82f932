from otklik.charts.canvas import Canvas, shortened, text_width


def test_shapes_become_layers_from_below_to_above():
    canvas = Canvas(200)
    canvas.text(0, 10, "words")
    canvas.rect(0, 0, 20, 20, "us", radius=3)
    canvas.line([(0, 0), (10, 10)], "grid")
    canvas.dot(5, 5, 20, None, stroke="ink")
    spec = canvas.spec()
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["line", "rect", "point", "text"]
    assert spec["width"] == 200 and spec["height"] >= 20


def test_a_raised_plane_lies_above_the_words_below_it():
    canvas = Canvas(100)
    canvas.text(0, 10, "below")
    canvas.raise_plane()
    canvas.rect(0, 0, 10, 10, "us")
    assert [layer["mark"]["type"] for layer in canvas.spec()["layer"]] == ["text", "rect"]


def test_a_text_is_cut_to_its_room_with_an_ellipsis():
    assert shortened("short", 200) == "short"
    cut = shortened("a very long name of a team that nobody can read", 100)
    assert cut.endswith("…") and text_width(cut) <= 100
    assert shortened("x" * 50, 0) == "…"


def test_wide_letters_take_more_room():
    assert text_width("шшш") > text_width("ггг") > text_width("iii")
    assert text_width("abc", bold=True) > text_width("abc")
