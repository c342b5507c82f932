import pytest

from otklik.charts.palette import BUSY_STEPS, DARK, LIGHT, SLOW_STEPS, SPEED_STEPS, colour, css_variables


def luminance(hexed: str) -> float:
    parts = [int(hexed[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("token", ["ink", "ink-2", "ink-3", "us", "customer", "third", "good", "accent", "working"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_words_can_be_read_on_both_grounds(theme: dict[str, str], token: str, ground: str):
    assert contrast(theme[token], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "fill"), [
    ("card", "us"), ("card", "customer"), ("card", "third"), ("on-strong", "speed-2"), ("on-strong", "speed-6"),
    ("on-pale", "speed-3"), ("on-pale", "speed-4"), ("on-mid", "speed-5"), ("ink", "idle"), ("ink", "soft"),
])  # fmt: skip
def test_words_can_be_read_on_bars(theme: dict[str, str], ink: str, fill: str):
    assert contrast(theme[ink], theme[fill]) >= 4.5


def test_light_values_tell_tokens_apart_and_both_themes_know_the_same():
    assert len({value.upper() for value in LIGHT.values()}) == len(LIGHT)
    assert LIGHT.keys() == DARK.keys()
    assert {*SPEED_STEPS, *BUSY_STEPS, *SLOW_STEPS} <= LIGHT.keys()


@pytest.mark.parametrize("steps", [BUSY_STEPS, SLOW_STEPS])
def test_more_is_further_from_the_ground_in_both_themes(steps: tuple[str, ...]):
    light = [luminance(LIGHT[step]) for step in steps]
    dark = [luminance(DARK[step]) for step in steps]
    assert light == sorted(light, reverse=True) and dark == sorted(dark)


def test_variables_are_written_for_the_page():
    assert "--us:#BC4C00;" in css_variables(LIGHT) and colour("us") == "#BC4C00"
