import pytest

from otklik.findings import UnknownColumn, curve_table, quantile_table
from tests.findings.cases import evidence_of, many


def test_one_curve_for_each_value_biggest_first():
    evidence = many(90, channels=("email", "email", "chat"))
    table = curve_table(evidence.log, evidence.measured, "first_reply", by="channel")
    assert table.column_names == ["value", "at_s", "share", "low", "high"]
    assert list(dict.fromkeys(table["value"].to_pylist())) == ["email", "chat"]


def test_everyone_together_has_no_value():
    evidence = many(30)
    assert set(curve_table(evidence.log, evidence.measured, "resolution")["value"].to_pylist()) == {None}


def test_percentiles_with_their_intervals():
    evidence = many(100)
    rows = quantile_table(evidence.log, evidence.measured, "first_reply", by="channel").to_pylist()
    assert [(row["value"], row["p"]) for row in rows[:4]] == [("email", p) for p in (0.5, 0.75, 0.9, 0.95)]
    assert rows[0]["low_s"] < rows[0]["value_s"] < rows[0]["high_s"]
    assert rows[3]["value_s"] is None  # 50 requests cannot tell a p95


def test_every_percentile_of_nobody_is_a_table_all_the_same():
    evidence = evidence_of("")
    assert quantile_table(evidence.log, evidence.measured, "first_reply").column_names[-1] == "high_s"


def test_nobody_has_no_curve():
    evidence = evidence_of("")
    assert curve_table(evidence.log, evidence.measured, "waits").num_rows == 0
    with pytest.raises(UnknownColumn):
        quantile_table(evidence.log, evidence.measured, "waits", by="channel")
