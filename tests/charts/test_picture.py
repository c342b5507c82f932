from otklik.charts.canvas import Canvas
from otklik.charts.picture import Picture


def drawn() -> Picture:
    canvas = Canvas(120)
    canvas.text(0, 10, "hello")
    return Picture(canvas.spec(), "A finding", "what is seen")


def test_it_draws_itself_in_a_notebook():
    bundle = drawn()._repr_mimebundle_()
    assert "A finding" in bundle["image/svg+xml"] and bundle["text/plain"] == "A finding\nwhat is seen"
    assert bundle["application/vnd.vegalite.v6+json"]["$schema"].endswith("v6.json")


def test_a_bare_spec_is_a_picture_too():
    picture = Picture(drawn().spec)
    assert "<svg" in picture.svg() and picture.png(1.0).startswith(b"\x89PNG")
    assert picture._repr_mimebundle_()["text/plain"] == "Picture"


def test_a_page_gets_it_wide_and_narrow_without_a_title():
    wide, narrow = drawn().themed("one")
    assert "hello" in wide and "hello" in narrow and "A finding" not in wide
