"""Which locked packages have a newer patch of their series."""

import pytest

from tools.patches import behind, newest_patch

LOCK = "some-thing==5.2.9\nother==3.1\nthird==1.0.0\n"
OFFERED = {"some-thing": ["6.0", "5.2.10", "5.2.9", "5.2.11rc1"], "other": ["3.1", "3.0"], "third": ["2.0", "1.1.0"]}


def test_only_newer_patches_of_the_same_series_are_named() -> None:
    assert list(behind(LOCK, OFFERED.__getitem__)) == ["some-thing 5.2.9: 5.2.10 is out"]


@pytest.mark.parametrize(
    ("version", "versions", "newest"),
    [
        ("5.2.9", ["5.2.10"], "5.2.10"),
        ("5.2.9", ["5.2.9.post1"], "5.2.9.post1"),
        ("5.2.9", ["5.2.8", "no version", "5.20.1"], None),
        ("5.2.9", [], None),
        ("3", ["3.0.1"], "3.0.1"),
        ("3.0", ["3.0.1"], "3.0.1"),
    ],
)
def test_the_newest_patch(version: str, versions: list[str], newest: str | None) -> None:
    assert newest_patch(version, versions) == newest
