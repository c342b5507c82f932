import json
from datetime import date
from itertools import pairwise

import pytest

from otklik.charts import Picture, goal_fan
from otklik.charts.goal_fan import label_shifts, round_ticks
from otklik.charts.palette import LIGHT
from otklik.schemas.goals import KeyResult
from tests.charts.drawn_goals import SHARE, drawn, known
from tests.charts.speakers import EN, RU, widths_of, words_of


def layers_with(picture: Picture, colour: str) -> list[dict]:
    return [layer for layer in picture.spec["layer"] if colour in json.dumps(layer["mark"])]


def heights(picture: Picture) -> list[float]:
    return next(layer["encoding"]["y"]["scale"]["domain"] for layer in picture.spec["layer"]
                if "domain" in layer["encoding"].get("y", {}).get("scale", {}))  # fmt: skip


@pytest.mark.parametrize("speech", [EN, RU])
def test_it_is_drawn_wide_and_narrow_in_both_languages(speech):
    picture = goal_fan(drawn(SHARE, within_s=3600), speech)
    assert widths_of(picture) == [780, 342]
    assert all("<svg" in svg and "var(--busy-2)" in svg for svg in picture.themed("k"))


def test_every_colour_follows_the_theme():
    wide, narrow = goal_fan(drawn(SHARE, within_s=3600), EN).themed("k")
    assert 'fill="#' not in wide + narrow


def test_the_marks_the_cycle_today_and_the_fan_are_named():
    said = words_of(goal_fan(drawn(SHARE, within_s=3600), EN))
    for words in ("commit 68%", "target 73%", "stretch 74%", "the cycle", "today", "80 of 100 futures", "95 of 100"):
        assert words in said
    assert "within 1 h, by weeks" in said


def test_the_fan_opens_where_the_known_weeks_end_and_lasts_to_the_end_of_the_cycle():
    (band,) = layers_with(goal_fan(drawn(SHARE), EN), LIGHT["busy-2"])[:1]
    first, *_, last = band["data"]["values"]
    assert first["low80"] == first["high80"] == first["middle"] == 0.55 + 0.01 * 5
    assert last["at"].startswith("2026-07-06") and last["low80"] < last["high80"]


def test_without_futures_there_is_no_fan():
    picture = goal_fan(drawn(SHARE, fan=(), end_low=None, end_middle=None, end_high=None), EN)
    assert not layers_with(picture, LIGHT["busy-2"]) and "futures" not in words_of(picture)


def test_after_the_cycle_there_is_no_today():
    assert "today" not in words_of(goal_fan(drawn(SHARE, on=date(2026, 7, 5)), EN))


def test_a_week_without_a_number_is_left_out():
    weeks = (known(-1, 0.5), known(0, None), known(1, 0.6))
    dots = layers_with(goal_fan(drawn(SHARE, weeks=weeks), EN), '"filled": true')
    assert [len(layer["data"]["values"]) for layer in dots] == [2]


def test_heights_are_those_that_occur_and_never_beyond_all():
    low, high = heights(goal_fan(drawn(SHARE), EN))
    assert 0.2 < low < 0.4 and 0.8 < high <= 1.0
    assert heights(goal_fan(drawn(SHARE, fan=(), weeks=(known(1, 0.97, 0.1),)), EN))[1] == 1.0


def test_waits_stand_on_nought_and_are_read_in_hours():
    waits = KeyResult(title="p90", direction="lower", target=3600, unit="s")
    picture = goal_fan(drawn(waits, "number", size=10_000.0), EN)
    assert heights(picture)[0] == 0.0
    assert "target 1 h" in words_of(picture) and "2 h" in words_of(picture)


def test_one_lonely_week_can_be_drawn():
    lonely = drawn(SHARE, weeks=(known(1, 0.5, None),), fan=(), marks=())
    assert "<svg" in goal_fan(lonely, EN).themed("k")[0]


@pytest.mark.parametrize("values", [[0.5, 0.5, 0.5], [0.9, 0.91, 0.5], [0.1], [1.0, 0.99]])
def test_words_never_lie_upon_each_other_and_never_above_the_picture(values):
    shifts = label_shifts(values, (0.0, 1.0), 250)
    places = sorted((1.0 - value) * 250 + shift for value, shift in zip(values, shifts, strict=True))
    assert places[0] >= 7
    assert all(after - before >= 14.8 for before, after in pairwise(places))


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.05), (0.3, 0.9), (0, 1400), (-3, 12), (4.1, 4.6)])
def test_ticks_are_round_few_and_inside(low, high):
    ticks = round_ticks(low, high)
    assert 2 <= len(ticks) <= 6 and all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)


def test_ticks_are_no_finer_than_asked():
    assert round_ticks(0.0, 0.012, least=0.01) == [0, 0.01]
