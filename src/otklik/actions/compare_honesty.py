"""Hold what people and data said while goals ran against how they ended: a topic to talk about, never a mark."""

from collections.abc import Sequence
from typing import Final

from otklik.schemas.track_records import Ended, Honesty

FEWEST: Final = 5
"""Of fewer key results nothing is told: luck alone would decide who was right."""


def compare_honesty(ended: Sequence[Ended]) -> Honesty | None:
    """Compare both on the days on which both said something; None where too few key results have such days."""
    from otklik.goals.calibration import Said, honesty

    data, people = list[Said](), list[Said]()
    for one in ended:
        for then in one.said:
            if then.shown is not None and then.confidence is not None:
                data.append(Said(one.key_result, then.shown, one.happened))
                people.append(Said(one.key_result, then.confidence, one.happened))
    found = honesty(data, people)
    return found if found is not None and found.key_results >= FEWEST else None
