"""What requests can be told apart by."""

from collections import Counter

from otklik.actions.known_values import known_values


def test_the_most_frequent_value_comes_first(kept) -> None:
    shelf, log, _ = kept
    counted = Counter(value for value in log.requests["channel"].to_pylist() if value)
    found = known_values(shelf, ["channel", "team", "segment", "password"])
    assert found["channel"] == [value for value, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]
    assert set(found["team"]) == {team for team in log.events["team"].to_pylist() if team}
    assert found["password"] == []
    assert known_values(shelf, ["channel"], most=1)["channel"] == found["channel"][:1]
