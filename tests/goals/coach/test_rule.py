"""What a rule is given to look at."""

from otklik.goals.coach.catalogue import BY_ID
from otklik.goals.coach.examples import sound_objective
from otklik.goals.coach.rule import AboutObjective, Around
from otklik.goals.coach.thresholds import Thresholds


def test_a_rule_can_be_asked_alone() -> None:
    about = AboutObjective(sound_objective("en", title="Launch a bot for callers"), Around(), Thresholds())
    check = BY_ID["O1"].of_objective
    assert check is not None
    assert [(remark.key, remark.span) for remark in check(about)] == [("o1.ships", (0, 6))]
