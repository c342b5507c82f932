"""Where the requests are that miss a goal."""

from datetime import timedelta

import duckdb
import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.find_drivers import find_drivers
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goals import Bound, KeyResult, Pushed, Slice
from otklik.schemas.log import ServiceLog

SHARE = Bound(measure="first_reply", within_s=3600)


@pytest.fixture
def ruler(kept: tuple[Shelf, ServiceLog, Yardstick]) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


def key_result(bound: Bound = SHARE, **facts: object) -> KeyResult:
    return KeyResult.model_validate({"title": "k", "unit": "share", "target": 0.8, "source": bound, **facts})


def test_misses_are_those_the_goal_counts(ruler: GoalRuler) -> None:
    found = find_drivers(ruler, key_result())
    assert found is not None
    days = [day for day in measure_goal(ruler, SHARE).days if found.first <= day.day <= found.last]
    assert (found.n, found.misses) == (sum(day.n for day in days), sum(day.n - day.k for day in days))
    assert {one.by for one in found.groups} >= {"channel", "weekday", "hour"}
    for by in ("channel", "weekday", "hour"):
        group = [one for one in found.groups if one.by == by]
        assert len(group) <= 3 and all(one.misses <= one.n for one in group)
        assert [one.misses for one in group] == sorted((one.misses for one in group), reverse=True)
        assert sum(one.misses for one in group) <= found.misses


def test_where_less_is_better_the_hits_are_the_misses(ruler: GoalRuler) -> None:
    raised, lowered = find_drivers(ruler, key_result()), find_drivers(ruler, key_result(direction="lower", target=0.1))
    assert raised is not None and lowered is not None
    assert raised.n == lowered.n and raised.misses + lowered.misses == raised.n


def test_a_percentile_is_missed_beyond_its_target(ruler: GoalRuler) -> None:
    bound = Bound(measure="first_reply", statistic="quantile", quantile=0.9)
    found = find_drivers(ruler, key_result(bound, direction="lower", unit="s", target=3600.0))
    assert found is not None and found.within_s == 3600
    assert found.misses == find_drivers(ruler, key_result()).misses  # type: ignore[union-attr]


def test_the_steps_that_held_the_misses_stand_beside_those_of_the_hits(ruler: GoalRuler) -> None:
    found = find_drivers(ruler, key_result())
    assert found is not None and [one.by for one in found.splits] == ["hours", "taken"]
    days = (
        f"opened_at > '{ruler.end_of(found.first - timedelta(days=1))}' and opened_at <= '{ruler.end_of(found.last)}'"
    )
    with duckdb.connect() as sql:
        rows = sql.execute(
            "select first_reply_state = 'done' and first_reply_s <= 3600, sum(first_reply_business_s), "
            f"sum(first_reply_s) from ({ruler.shelf.kept.sql('facts')}) "
            f"where {days} and first_reply_s is not null group by all"
        ).fetchall()
    business, whole = ({bool(row[0]): row[place] for row in rows} for place in (1, 2))
    hours = found.splits[0]
    assert (hours.misses, hours.others) == (found.misses, found.n - found.misses)
    parts = {one.part: (one.misses_s, one.others_s) for one in hours.parts}
    assert parts["open"] == pytest.approx((business[False], business[True]))
    assert parts["closed"] == pytest.approx((whole[False] - business[False], whole[True] - business[True]))
    assert hours.share(hours.parts[0]) == pytest.approx(business[False] / whole[False])
    assert hours.share_of_others(hours.parts[0]) == pytest.approx(business[True] / whole[True])


@pytest.mark.parametrize(
    "row",
    [
        key_result(target=None, source=Bound(measure="first_reply", statistic="quantile", quantile=0.9)),
        KeyResult(title="n", source=Pushed(series="nps"), target=40),
        key_result(Bound(measure="first_reply", statistic="count")),
        key_result(Bound(measure="first_reply", within_s=10**8)),
    ],
)
def test_of_others_nothing_is_told(ruler: GoalRuler, row: KeyResult) -> None:
    assert find_drivers(ruler, row) is None


def test_of_one_person_only_those_the_person_held_last_are_missed(ruler: GoalRuler) -> None:
    own = SHARE.model_copy(update={"which": Slice(assignee=("First line 8", "First line 4"))})
    found, whole = find_drivers(ruler, key_result(own)), find_drivers(ruler, key_result())
    assert found is not None and whole is not None and 0 < found.n < whole.n
    days = [day for day in measure_goal(ruler, own).days if found.first <= day.day <= found.last]
    assert (found.n, found.misses) == (sum(day.n for day in days), sum(day.n - day.k for day in days))
    rows = [row for row in ruler.shelf.kept.read("facts").to_pylist() if row["assignee"] in own.which.assignee]
    assert {one.value for one in found.groups if one.by == "channel"} <= {row["channel"] for row in rows}
