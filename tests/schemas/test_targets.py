import pytest

from otklik.base.units import UnreadableDuration
from otklik.schemas.targets import Target, UnreadableTarget, parse_target


def test_a_target_is_read_as_it_is_written() -> None:
    assert parse_target("first_reply<=4h@90%") == Target(measure="first_reply", within_s=14_400, share=0.9)


def test_clock_and_addressee_may_follow() -> None:
    target = parse_target("resolution <= 2d @ 82,5 % business channel=e-mail, forms")
    assert target == Target(
        measure="resolution", within_s=172_800, share=0.825, clock="business", only={"channel": "e-mail, forms"}
    )


@pytest.mark.parametrize(
    "text", ["", "fast", "first_reply<=4h", "first_reply<=4h@0%", "first_reply<=4h@190%", "x>4h@5%"]
)
def test_what_is_no_target_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(UnreadableTarget, match="90%"):
        parse_target(text)


def test_the_duration_in_a_target_has_to_be_one() -> None:
    with pytest.raises(UnreadableDuration):
        parse_target("first_reply<=soon@90%")
