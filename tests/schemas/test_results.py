import pytest
from pydantic import ValidationError

from otklik.schemas.results import ShareWithin, Sign


def test_a_result_cannot_be_changed() -> None:
    share = ShareWithin(within_s=60, share=0.5, low=0.4, high=0.6)
    with pytest.raises(ValidationError):
        share.share = 0.9  # type: ignore[misc]


def test_a_result_has_no_unknown_fields() -> None:
    with pytest.raises(ValidationError):
        Sign.model_validate({"code": "x", "n": 1, "of": 2, "examples": [], "blame": "Ann"})
