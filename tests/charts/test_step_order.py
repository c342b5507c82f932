from otklik.charts.step_order import step_order
from otklik.schemas.results import PathEdge, PathVariant


def way(n: int, *steps: str) -> PathVariant:
    return PathVariant(
        steps=list(steps), n=n, share=0.5, median_s=None, stall_after=None, stall_at=None, stall_median_s=None
    )


def move(start: str, end: str, n: int = 1) -> PathEdge:
    return PathEdge(start=start, end=end, n=n, median_s=0, p90_s=0, total_s=0, lost_s=0)


def test_steps_stand_as_the_common_ways_pass_them():
    ways = [way(90, "asked", "answered", "solved"), way(10, "asked", "passed on", "answered", "solved")]
    assert step_order(["solved", "passed on", "answered", "asked"], [], ways) == [
        "asked",
        "passed on",
        "answered",
        "solved",
    ]


def test_a_step_off_the_common_ways_stands_after_what_leads_to_it():
    ways = [way(90, "asked", "answered", "solved")]
    moves = [move("answered", "complained"), move("complained", "calmed")]
    order = step_order(["calmed", "complained", "solved", "answered", "asked"], moves, ways)
    assert order.index("answered") < order.index("complained") < order.index("calmed")


def test_the_end_of_short_ways_stands_at_the_end():
    ways = [way(90, "begun", "closed"), way(10, "begun", "queued", "assigned", "begun", "closed")]
    assert step_order(["closed", "assigned", "queued", "begun"], [], ways) == ["begun", "queued", "assigned", "closed"]


def test_a_step_that_nothing_leads_to_comes_last():
    assert step_order(["lost", "a"], [move("lost", "lost")], [way(1, "a")]) == ["a", "lost"]
