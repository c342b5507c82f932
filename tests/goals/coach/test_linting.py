"""The coach at work: switches, limits, waivers, places, spans, and texts that nobody would write."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.text import Words
from otklik.goals.coach.examples import PARENTS, sound_cycle, sound_key_results, sound_objective
from otklik.goals.coach.linting import SAVED, TEXT, counting, lint_cycle, lint_objective
from otklik.goals.coach.rule import Around
from otklik.goals.coach.shown import EXAMPLES
from otklik.goals.coach.thresholds import Settings, Thresholds
from otklik.report.told_findings import remark_of
from otklik.schemas.coach import GamingSign, LogSays, SaidAtCheckIn
from otklik.schemas.coach_words import REMARKS
from otklik.schemas.goals import KeyResult, Objective, Waiver

AROUND = Around(parents=PARENTS)


def rules_of(objective: Objective, settings: Settings | None = None) -> list[str]:
    return [finding.rule for finding in lint_objective(objective, settings, AROUND, kinds=TEXT)]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_sound_objective_is_left_alone(language) -> None:
    assert lint_cycle(sound_cycle(sound_objective(language)), around=AROUND) == []


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.passes], ids=lambda e: f"{e.rule}-{e.language}")
def test_a_rule_that_is_off_is_silent(example) -> None:
    around = Around(parents=PARENTS, log=example.log, inactive=example.inactive)
    assert lint_cycle(example.cycle, Settings(off=frozenset({example.rule})), around) == []


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.passes], ids=lambda e: f"{e.rule}-{e.language}")
def test_what_is_found_can_be_said_in_both_languages(example) -> None:
    around = Around(parents=PARENTS, log=example.log, inactive=example.inactive)
    for finding in lint_cycle(example.cycle, around=around):
        for language in ("en", "ru"):
            said = Words(language).say(REMARKS[finding.key], **finding.facts)
            assert said and "%(" not in said


def test_limits_are_settings() -> None:
    brief = sound_objective("en", title="Be fast")
    assert rules_of(brief) == ["O5"]
    assert rules_of(brief, Settings(Thresholds(objective_words_min=2))) == []
    assert rules_of(sound_objective("en"), Settings(Thresholds(objective_words_max=4))) == ["O5"]
    assert rules_of(sound_objective("en"), Settings(Thresholds(why_words_min=30))) == ["O7"]


def test_a_waiver_with_a_reason_holds_and_the_finding_is_kept() -> None:
    waiver = Waiver(rule="O1", reason="the regulator wants the bot", by="Anna")
    objective = sound_objective("en", title="Launch a chat-bot for our customers", waivers=(waiver,))
    [finding] = lint_objective(objective, around=AROUND)
    assert finding.waived == waiver
    assert counting([finding]) == []


@pytest.mark.parametrize(
    "waiver",
    [
        Waiver(rule="O1", reason="  "),
        Waiver(rule="O2", reason="agreed"),
        Waiver(rule="O1", reason="agreed", place="kr:1"),
    ],
)
def test_a_waiver_without_a_reason_or_about_something_else_does_not_hold(waiver: Waiver) -> None:
    objective = sound_objective("en", title="Launch a chat-bot for our customers", waivers=(waiver,))
    assert [finding.waived for finding in lint_objective(objective, around=AROUND)] == [None]


@pytest.mark.parametrize("place", ["kr:2", "objective:1/kr:2", "late", ""])
def test_a_waiver_may_name_the_key_result(place: str) -> None:
    early, late = sound_key_results("en")
    late = late.model_copy(update={"title": "Launch 2 channels"})
    waivers = (Waiver(rule="K4", reason="agreed", place=place),)
    found = lint_objective(sound_objective("en", key_results=(early, late), waivers=waivers), around=AROUND)
    assert [(one.rule, one.place, one.waived is not None) for one in found] == [("K4", "objective:1/kr:2", True)]


def test_the_reason_has_a_place_of_its_own() -> None:
    [finding] = lint_objective(sound_objective("en", why="growth"), around=AROUND, place="objective:7")
    assert (finding.place, finding.span) == ("objective:7/why", (0, 6))


def test_places_count_from_one() -> None:
    early, _ = sound_key_results("ru")
    bad = early.model_copy(update={"id": "", "title": "Проанализировать 200 заявок"})
    cycle = sound_cycle(sound_objective("ru"), sound_objective("ru", title="Скорость", key_results=(early, bad)))
    found = lint_cycle(cycle, around=AROUND, kinds=TEXT)
    assert [(one.rule, one.place) for one in found] == [("O5", "objective:2"), ("K3", "objective:2/kr:2")]


def test_the_profile_of_the_cycle_sets_the_limits() -> None:
    two = sound_cycle(sound_objective("en"), sound_objective("en", title="Nobody has to ask us twice"))
    wodtke = two.model_copy(update={"profile": "wodtke"})
    counts = [[one.rule for one in lint_cycle(cycle, around=AROUND)].count("S1") for cycle in (two, wodtke)]
    assert counts == [0, 1]


def test_findings_survive_json() -> None:
    [finding] = lint_objective(sound_objective("en", title="Be fast"), around=AROUND)
    assert type(finding).model_validate_json(finding.model_dump_json()) == finding


def test_the_gravest_come_first() -> None:
    found = lint_objective(sound_objective("en", title="Improve 2", why=""), around=AROUND)
    assert [one.severity for one in counting(found)] == ["error", "warning", "hint"]


PIECES = (
    *("с", "до", "from", "to", "62", "20", "%", "мин", "и", "and", "p90", "медиана", "Запустить", "launch", "keep"),
    *("→", "не выше", "100", "every", "весь", "as", "help", "never", "100 %", "—", "\u00a0", "plan"),
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="абвгдеёжзийклмнопрст и,.-–%0123456789 fromtoсдоp90→->", max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
)


@given(title=TEXTS, why=TEXTS, key_results=st.lists(TEXTS, max_size=2))
def test_no_text_breaks_the_coach_and_every_span_lies_inside(title: str, why: str, key_results: list[str]) -> None:
    objective = Objective(title=title, why=why, key_results=tuple(KeyResult(title=text) for text in key_results))
    for finding in lint_objective(objective, kinds=SAVED):
        number = int(finding.place.rpartition("kr:")[2].partition("/")[0]) if "kr:" in finding.place else 0
        text = key_results[number - 1] if number else why if finding.place.endswith("/why") else title
        if finding.span is not None:
            assert 0 <= finding.span[0] < finding.span[1] <= len(text)


@given(st.text(max_size=80))
def test_the_same_text_gives_the_same_findings(title: str) -> None:
    objective = Objective(title=title)
    assert lint_objective(objective) == lint_objective(objective, replace(Settings()))


SHARES = st.none() | st.floats(0, 1)
VALUES = st.none() | st.floats(allow_nan=True, allow_infinity=True)
LOGS = st.builds(
    LogSays, on=st.dates(), measured=VALUES, measured_low=VALUES, measured_high=VALUES, at_start=VALUES,
    at_start_low=VALUES, at_start_high=VALUES, visible_change=st.none() | st.floats(0, 1e9),
    last_record_age_days=st.none() | st.floats(0, allow_infinity=True), unusable_share=SHARES,
    status=st.sampled_from([None, "green", "red"]), last_check_in=st.none() | st.dates(),
    check_ins=st.lists(
        st.builds(SaidAtCheckIn, day=st.dates(), confidence=SHARES, probability=SHARES), max_size=5
    ).map(tuple),
    gaming=st.lists(
        st.builds(GamingSign, kind=st.sampled_from(["pile_up", "mix", "merged"]), now=st.floats(0, 9), before=SHARES),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


@given(
    log=LOGS, baseline=VALUES, target=VALUES, direction=st.sampled_from(["raise", "lower", "keep_below", "milestone"])
)
def test_nothing_the_log_says_breaks_the_coach(log: LogSays, baseline, target, direction) -> None:
    early, late = sound_key_results("en")
    early = early.model_copy(update={"baseline": baseline, "target": target, "direction": direction})
    cycle = sound_cycle(sound_objective("en", key_results=(early, late)))
    for finding in lint_cycle(cycle, around=Around(log={"early": log}), kinds=("data",)):
        assert finding.place == "objective:1/kr:1" and finding.rule[0] == "D"
        assert "%(" not in remark_of(finding.key, finding.facts, Words("ru"))
