from otklik.findings.barriers import barriers
from otklik.schemas.events import Can
from tests.findings.cases import STEPS, evidence_of, many

PERMITS = """
P1 2025-03-03 10:00 step:Apply
P1 2025-03-03 11:00 step:Check
P1 2025-03-03 15:00 resolved activity=Grant
P2 2025-03-04 10:00 step:Apply
P2 2025-03-04 12:00 step:Check
P2 2025-03-04 18:00 resolved activity=Grant
P3 2025-03-05 10:00 step:Apply
P3 2025-03-05 11:00 resolved activity=Grant
P4 2025-03-06 10:00 step:Apply
P4 2025-03-06 11:00 step:Check
"""


def _permits():
    return barriers(evidence_of(PERMITS, can=STEPS, is_process=True))


def test_nodes_count_each_request_once():
    assert {node.step: node.n for node in _permits().nodes} == {"Apply": 4, "Check": 3, "Grant": 3}


def test_edges_tell_how_many_and_how_long():
    edges = {(edge.start, edge.end): edge for edge in _permits().edges}
    assert set(edges) == {("Apply", "Check"), ("Check", "Grant"), ("Apply", "Grant")}
    assert (edges["Apply", "Check"].n, edges["Apply", "Check"].median_s) == (3, 3600.0)
    assert edges["Check", "Grant"].total_s == 10 * 3600.0


def test_the_most_common_way_and_where_it_stalls():
    found = _permits()
    first = found.variants[0]
    assert (first.steps, first.n) == (["Apply", "Check", "Grant"], 2)
    assert first.share == 2 / 3  # P4 is still on its way
    assert (first.stall_after, first.stall_median_s) == ("Check", 4 * 3600.0)
    assert first.median_s == 5 * 3600.0
    assert found.variants_in_all == 2


def test_the_same_steps_in_another_order_are_another_way():
    lines = """
    P1 2025-03-03 10:00 step:A
    P1 2025-03-03 11:00 step:B
    P1 2025-03-03 12:00 resolved activity=End
    P2 2025-03-03 10:00 step:B
    P2 2025-03-03 11:00 step:A
    P2 2025-03-03 12:00 resolved activity=End
    """
    assert barriers(evidence_of(lines, can=STEPS, is_process=True)).variants_in_all == 2


def test_a_way_of_one_step_stalls_nowhere():
    found = barriers(evidence_of("P1 2025-03-03 10:00 resolved activity=End", can=STEPS, is_process=True))
    assert (found.variants[0].stall_after, found.variants[0].median_s) == (None, 0.0)


def test_opened_and_resolved_alone_are_no_way():
    lines = "R1 2025-03-03 10:00 created\nR1 2025-03-04 10:00 resolved"
    assert barriers(evidence_of(lines, can=Can.resolution)) is None


def test_effort_of_the_customer_is_counted():
    found = barriers(many(100))
    assert found.counts["customer_messages"].total == 100
    assert "steps" not in found.counts


def test_a_log_without_steps_or_counts_has_no_barriers():
    assert barriers(evidence_of("R1 2025-03-03 10:00 created", can=Can(0))) is None


def test_an_empty_log_has_none_either():
    assert barriers(evidence_of("")) is None


def test_a_step_that_comes_again_tells_at_which_place_it_stalls():
    lines = """
    P1 2025-03-03 10:00 step:Check
    P1 2025-03-03 11:00 step:Ask
    P1 2025-03-03 12:00 step:Check
    P1 2025-03-03 18:00 resolved activity=End
    """
    way = barriers(evidence_of(lines, can=STEPS, is_process=True)).variants[0]
    assert (way.stall_after, way.stall_at, way.stall_median_s) == ("Check", 2, 6 * 3600.0)


def test_what_passes_after_the_end_keeps_nobody_waiting():
    """Solved after two hours and closed by a timer a month later: the month is no stall."""
    lines = """
    P1 2025-03-03 10:00 step:Take
    P1 2025-03-03 12:00 resolved activity=Solve
    P1 2025-03-31 12:00 closed activity=Close
    """
    found = barriers(evidence_of(lines, can=STEPS, is_process=True, until="2025-04-30 00:00"))
    edges = {(edge.start, edge.end): edge for edge in found.edges}
    assert edges["Solve", "Close"].total_s == 28 * 86_400.0 and edges["Solve", "Close"].lost_s == 0.0
    assert edges["Take", "Solve"].lost_s == 2 * 3600.0
    assert (found.variants[0].stall_after, found.variants[0].median_s) == ("Take", 2 * 3600.0)


def test_a_log_that_can_tell_nothing_has_no_ways():
    lines = "R1 2025-03-03 10:00 asks\nR1 2025-03-03 10:05 assigned assignee=Ann\nR1 2025-03-04 10:00 deleted"
    assert barriers(evidence_of(lines, can=Can(0))) is None
