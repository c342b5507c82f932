"""The colours, once: light values are what specs hold, dark ones replace them through CSS variables.

Okabe and Ito's idea (blue against orange carries every contrast), darkened until text reaches 4.5:1 and marks 3:1.
"""

from typing import Final

LIGHT: Final = {
    "paper": "#FBFAF7",
    "card": "#FFFFFF",
    "ink": "#1C2024",
    "ink-2": "#464D54",
    "ink-3": "#676F77",
    "line": "#DFDCD4",
    "grid": "#EBE8E1",
    "soft": "#F3F1EB",
    "accent": "#0B5CAD",
    "us": "#BC4C00",
    "customer": "#1F6FB2",
    "third": "#7655A3",
    "good": "#1A7A57",
    "working": "#0F766D",
    "muted": "#8B9299",
    "idle": "#C9CDD1",
    "on-strong": "#FEFEFE",
    "on-mid": "#1E2226",
    "on-pale": "#1D2125",
    "speed-1": "#0A4E94",
    "speed-2": "#2E77B7",
    "speed-3": "#9CC4E6",
    "speed-4": "#F3C08D",
    "speed-5": "#E08A3C",
    "speed-6": "#B34700",
    "busy-0": "#EDF2F7",
    "busy-1": "#CDDFEF",
    "busy-2": "#A1C3E0",
    "busy-3": "#6CA0CA",
    "busy-4": "#3C7AAE",
    "busy-5": "#195286",
    "slow-0": "#FAF0E5",
    "slow-1": "#F5D8B7",
    "slow-2": "#ECB47D",
    "slow-3": "#DB8A46",
    "slow-4": "#B95F1F",
    "slow-5": "#873D0A",
}

DARK: Final = {
    "paper": "#14171A",
    "card": "#1C2024",
    "ink": "#EFEDE8",
    "ink-2": "#C3C7CB",
    "ink-3": "#979EA5",
    "line": "#333A40",
    "grid": "#293036",
    "soft": "#22272C",
    "accent": "#6DB3F2",
    "us": "#F28C4B",
    "customer": "#6FB1EA",
    "third": "#BA9FE3",
    "good": "#56C596",
    "working": "#45C2B3",
    "muted": "#7F878E",
    "idle": "#454D54",
    "on-strong": "#15181B",
    "on-mid": "#16191C",
    "on-pale": "#FDFDFD",
    "speed-1": "#A9D4FA",
    "speed-2": "#5DA5E4",
    "speed-3": "#2C6299",
    "speed-4": "#7D4A1C",
    "speed-5": "#C87530",
    "speed-6": "#FFB37A",
    "busy-0": "#202830",
    "busy-1": "#1F3A56",
    "busy-2": "#27557F",
    "busy-3": "#3577AD",
    "busy-4": "#5E9FD6",
    "busy-5": "#A6D0F5",
    "slow-0": "#2A2520",
    "slow-1": "#4B2F16",
    "slow-2": "#784518",
    "slow-3": "#A96322",
    "slow-4": "#DA8E48",
    "slow-5": "#FCC893",
}

SPEED_STEPS: Final = ("speed-1", "speed-2", "speed-3", "speed-4", "speed-5", "speed-6")
BUSY_STEPS: Final = ("busy-0", "busy-1", "busy-2", "busy-3", "busy-4", "busy-5")
SLOW_STEPS: Final = ("slow-0", "slow-1", "slow-2", "slow-3", "slow-4", "slow-5")

TURN_COLOURS: Final = {
    "waiting_on_us": "us",
    "waiting_on_customer": "customer",
    "waiting_on_third_party": "third",
}


def colour(token: str) -> str:
    """The light colour of a token: what a spec holds."""
    return LIGHT[token]


def css_variables(theme: dict[str, str]) -> str:
    """Write a theme as CSS custom properties."""
    return "".join(f"--{token}:{value};" for token, value in theme.items())
