"""One request as pages show it."""

import pytest
from pydantic import ValidationError

from otklik.schemas.requests import RequestPage


def test_what_nobody_named_does_not_cross() -> None:
    with pytest.raises(ValidationError):
        RequestPage.model_validate({"n": 0, "page": 1, "pages": 1, "rows": [], "password": "x"})
