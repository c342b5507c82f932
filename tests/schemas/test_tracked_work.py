"""When two issues are one."""

import pytest

from otklik.schemas.tracked_work import TrackedWork

LINK = "https://t.example/SUP-7"


@pytest.mark.parametrize(
    ("mine", "other", "same"),
    [
        (("SUP-7", ""), ("SUP-7", ""), True),
        (("SUP-7", ""), ("SUP-7", LINK), True),
        (("7", LINK), ("7", "https://other.example/7"), False),
        (("", LINK), ("SUP-7", LINK), True),
        (("", LINK), ("SUP-7", ""), False),
        (("", ""), ("", ""), False),
    ],
)
def test_an_issue_is_found_again_by_its_link_or_else_by_its_key(
    mine: tuple[str, str], other: tuple[str, str], same: bool
) -> None:
    assert TrackedWork(row=2, title="Shift", key=mine[0], link=mine[1]).is_same(*other) is same
