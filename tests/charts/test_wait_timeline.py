from otklik.charts import wait_timeline
from otklik.charts.wait_timeline import token_of
from tests.charts.speakers import EN, RU, words_of
from tests.report.fabricated import D, explained, shop


def test_what_counts_is_orange_and_the_rest_is_said_why():
    entry = shop().longest[0]
    assert [token_of(piece) for piece in entry.intervals] == ["us", "customer", "us", "third", "us"]
    text = words_of(wait_timeline(entry, EN, ""))
    assert "counted: our turn, still waiting" in text and "not counted: the customer's turn" in text


def test_the_table_lists_every_interval():
    rows = wait_timeline(shop().longest[0], RU, "").table.rows
    assert len(rows) == 5 and rows[0][4] == "считается: наш ход"


def test_a_moment_too_short_to_see_is_still_drawn():
    entry = explained(
        "A", None, [(D, True, "our_move", "created", "reply"), (0.0, True, "our_move", "reply", "reply")], "waits"
    )
    widths = [datum["x2"] - datum["x"] for layer in wait_timeline(entry, EN, "").spec["layer"]
              if layer["mark"]["type"] == "rect" for datum in layer["data"]["values"]]  # fmt: skip
    assert min(widths) >= 2.0
