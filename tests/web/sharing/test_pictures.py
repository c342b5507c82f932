"""Every picture of a section as a file; names come from fixed lists."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from otklik.web.access import Role


def test_a_picture_as_png_and_svg_in_the_readers_language(client_of: Callable[..., Client], log: Path) -> None:
    viewer = client_of(Role.VIEWER)
    page = viewer.get("/take/pictures/fast/?channel=email").text
    assert "/take/picture/fast/curve.png?channel=email" in page and 'alt="' in page
    png = viewer.get("/take/picture/fast/curve.png?channel=email")
    assert png.content.startswith(b"\x89PNG") and png["Content-Type"] == "image/png"
    svg = viewer.get("/take/picture/fast/curve.svg")
    assert svg.text.startswith("<svg") and svg["Content-Disposition"].startswith("attachment")
    assert svg["X-Content-Type-Options"] == "nosniff" and svg["Content-Security-Policy"].startswith("sandbox")
    assert viewer.get("/take/picture/fast/curve.svg?shown=1")["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["fast/nothing.png", "nothing/curve.png", "fast/curve.exe", "quality/curve.png"])
def test_other_names_are_not_there(path: str, owner: Client, log: Path) -> None:
    assert owner.get(f"/take/picture/{path}").status_code == 404


def test_pictures_of_single_requests_are_for_those_who_see_all_of_them(
    client_of: Callable[..., Client], log: Path
) -> None:
    assert "/take/picture/longest/" in client_of(Role.ANALYST).get("/take/pictures/longest/").text
    for role in (Role.VIEWER, Role.MEMBER):
        page = client_of(role).get("/take/pictures/longest/").text
        assert "/take/picture/longest/" not in page and "No pictures here" in page
