import ibis
import numpy as np
import pyarrow as pa
import pytest

from otklik.findings.tally import curves_of_tally, tally
from tests.findings.cases import OFFICE, many


def _facts(evidence):
    channels = evidence.requests["channel"]
    return ibis.memtable(evidence.facts.append_column("channel", channels))


@pytest.mark.parametrize("measure", ["first_reply", "resolution"])
def test_an_engine_that_only_counts_gives_the_same_curve(measure):
    evidence = many(400, never=0.1)
    counted = tally(_facts(evidence), measure, evidence.as_of).to_pyarrow()
    curve, expected = curves_of_tally(counted)[None], evidence.durations(measure).curve
    np.testing.assert_array_equal(curve.at_s, expected.at_s)
    # the engine counts whole seconds to the horizon
    np.testing.assert_allclose(curve.survival, expected.survival, atol=1e-9)


def test_one_curve_for_each_value():
    evidence = many(300)
    curves = curves_of_tally(tally(_facts(evidence), "first_reply", evidence.as_of, by="channel").to_pyarrow())
    assert set(curves) == {"email", "chat"}
    code = np.array([name == "chat" for name in evidence.requests["channel"].to_pylist()])
    expected = evidence.durations("first_reply").where(code).curve
    assert curves["chat"].quantile(0.5) == expected.quantile(0.5)


def test_in_working_time_those_who_gave_up_wait_for_ever():
    evidence = many(300, never=0.2, calendar=OFFICE)
    counted = tally(_facts(evidence), "first_reply", evidence.as_of, clock="business").to_pyarrow()
    curve, exact = curves_of_tally(counted)[None], evidence.durations("first_reply", "business").curve
    assert curve.share_within(36_000).value <= exact.share_within(36_000).value


def test_parts_simply_add_up():
    evidence = many(300)
    whole = tally(_facts(evidence), "first_reply", evidence.as_of).to_pyarrow()
    halves = pa.concat_tables([whole.slice(0, 100), whole.slice(100)])
    assert curves_of_tally(halves)[None].quantile(0.9) == curves_of_tally(whole)[None].quantile(0.9)


def test_the_question_is_written_for_other_engines_too():
    evidence = many(20)
    question = tally(_facts(evidence), "first_reply", evidence.as_of)
    for dialect in ("duckdb", "postgres", "snowflake"):
        assert "GROUP BY" in ibis.to_sql(question, dialect=dialect)
