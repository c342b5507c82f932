from otklik.findings.longest import longest
from tests.findings.cases import OFFICE, STEPS, at, evidence_of, many


def test_the_longest_wait_is_explained_piece_by_piece():
    found = longest(
        evidence_of(
            """
            R1 2025-03-03 10:00 asks
            R1 2025-03-03 10:30 reply
            R1 2025-03-04 10:00 writes
            R1 2025-03-04 16:00 reply
            R2 2025-03-03 10:00 asks
            R2 2025-03-03 11:00 reply
            """,
            calendar=OFFICE,
        )
    )
    assert [(one.request, one.value_s) for one in found] == [("R1", 21_600.0), ("R2", 3600.0)]
    assert found[0].measure == "longest_wait"
    counted = [piece for piece in found[0].intervals if piece.counted]
    assert [(piece.start, piece.end) for piece in counted] == [(at("2025-03-04 10:00"), at("2025-03-04 16:00"))]


def test_running_waits_rank_by_what_they_have_lasted():
    found = longest(evidence_of("R1 2025-03-03 10:00 asks\nR2 2025-03-01 10:00 asks\nR2 2025-03-02 10:00 reply"))
    assert [(one.request, one.state) for one in found] == [("R1", "running"), ("R2", "done")]
    assert found[0].intervals[-1].end == at("2025-03-31 00:00")


def test_values_are_those_of_the_facts():
    evidence = many(200, calendar=OFFICE)
    for one in longest(evidence):
        row = evidence.facts["request"].to_pylist().index(one.request)
        assert one.value_s == evidence.facts["longest_wait_s"][row].as_py()
        assert one.business_s == evidence.facts["longest_wait_business_s"][row].as_py()


def test_a_process_shows_its_longest_cases():
    found = longest(
        evidence_of("R1 2025-03-03 10:00 step:Apply\nR1 2025-03-05 10:00 resolved", can=STEPS, is_process=True)
    )
    assert (found[0].measure, found[0].value_s) == ("resolution", 2 * 86_400.0)


def test_nobody_waited():
    assert longest(evidence_of("")) == []


def test_a_story_is_about_one_wait_even_if_another_took_more_working_hours():
    """Six hours of a Monday count more in working time than a whole weekend."""
    lines = """
    R1 2025-03-03 10:00 asks
    R1 2025-03-03 16:00 reply
    R1 2025-03-07 17:50 writes
    R1 2025-03-10 09:10 reply
    """
    found = longest(evidence_of(lines, calendar=OFFICE))[0]
    assert [piece.counted for piece in found.intervals] == [False, True]
    assert found.intervals[0].why == "shorter_wait"
    assert found.value_s == 2 * 86_400 + 15 * 3600 + 20 * 60
    assert found.business_s == 20 * 60
