from otklik.report import render_explanation
from tests.report.fabricated import shop


def test_every_interval_is_a_line_with_its_reason():
    text = render_explanation(shop().longest[0], "en", time_zone="Europe/Moscow").replace("\u00a0", " ")
    assert "Waiting on us: 12 days 10 h (in working hours 89 h 17 min), still running" in text
    lines = [line for line in text.splitlines() if line.startswith(("█", "░"))]
    assert len(lines) == 5 and "not counted: the customer's turn" in lines[1]
    assert "Working hours: office" in text


def test_russian_and_no_steering_of_the_terminal():
    entry = shop().longest[1].model_copy(update={"subject": "\x1b[31mred\x07", "value_s": None, "business_s": None})
    text = render_explanation(entry, "ru")
    assert "\x1b" not in text and "\x07" not in text
    assert "считается: ждали ответа" in text
