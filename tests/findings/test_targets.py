import pytest

from otklik.findings.slicing import UnknownColumn
from otklik.findings.targets import UnknownMeasure, target_results
from otklik.schemas.targets import Target
from tests.findings.cases import OFFICE, evidence_of, many


def _met(evidence, within_s, share, **how):
    return target_results(evidence, [Target(measure="first_reply", within_s=within_s, share=share, **how)])[0]


def test_a_promise_is_kept_only_when_the_interval_says_so():
    evidence = many(400)
    kept, broken = _met(evidence, 86_400.0, 0.9), _met(evidence, 60.0, 0.9)
    assert (kept.met, broken.met) == (True, False)
    assert kept.n == 400
    share = evidence.durations("first_reply").curve.share_within(7200.0)
    assert _met(evidence, 7200.0, share.value).met is None


def test_a_promise_to_some_counts_only_them():
    evidence = many(400, speed=lambda row, week: 20.0 if row % 2 else 1.0)
    assert _met(evidence, 36_000.0, 0.8, only={"channel": "email"}).met is True
    chat = _met(evidence, 36_000.0, 0.8, only={"channel": "chat"})
    assert (chat.met, chat.n) == (False, 200)
    assert _met(evidence, 36_000.0, 0.8, only={"channel": "fax"}).n == 0


def test_a_promise_in_working_time():
    assert _met(many(200, calendar=OFFICE), 36_000.0, 0.8, clock="business").met is True
    nothing = _met(many(200), 36_000.0, 0.8, clock="business")
    assert (nothing.n, nothing.share, nothing.met) == (0, None, None)


def test_a_promise_nobody_can_check_is_refused():
    with pytest.raises(UnknownMeasure) as caught:
        target_results(many(20), [Target(measure="replies", within_s=1.0, share=0.5)])
    assert "first_reply" in caught.value.facts["measures"]
    with pytest.raises(UnknownColumn):
        _met(many(20), 60.0, 0.9, only={"colour": "red"})


def test_nobody_followed_that_long_is_not_told():
    assert _met(evidence_of("R1 2025-03-30 23:00 asks"), 86_400.0, 0.9).met is None
