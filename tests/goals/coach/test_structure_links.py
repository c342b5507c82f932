"""S7 and S8: a link upward, no copy, nothing counted twice."""

import pytest

from otklik.goals.coach.examples import sound_cycle, sound_key_results, sound_objective
from otklik.goals.coach.linting import lint_cycle
from otklik.goals.coach.structure_links import similarity
from otklik.schemas.goals import Bound, Finding, Objective, Pushed, Slice


def found(*objectives: Objective) -> list[Finding]:
    findings = lint_cycle(sound_cycle(*objectives), kinds=("structure",))
    return [one for one in findings if one.rule in ("S7", "S8")]


def objective_of(*sources: object, title: str = "Nobody has to ask us twice", **changed) -> Objective:
    early, _ = sound_key_results("en")
    titles = ["Shops that order online: from 12 to 30", "Share of lost calls: from 9% to 4%"]
    key_results = [early.model_copy(update={"title": t, "source": s}) for t, s in zip(titles, sources, strict=False)]
    return sound_objective("en", title=title, key_results=tuple(key_results), **changed)


def test_a_company_is_the_top_and_all_others_serve_something() -> None:
    assert found(objective_of(level="company", contributes_to=())) == []
    assert [one.key for one in found(objective_of(contributes_to=()))] == ["s7.orphan"]


def test_a_copy_is_known_whatever_its_endings() -> None:
    top = objective_of(id="top", level="company", title="Клиенты перестают ждать ответа часами")
    copy = objective_of(title="Клиент перестаёт ждать ответов часами", contributes_to=("top",))
    [finding] = found(top, copy)
    assert (finding.key, finding.place, finding.span) == ("s7.copy", "objective:2", (0, 37))
    assert finding.facts == {"parent": top.title}
    own = objective_of(title="Чат отвечает раньше, чем бросают корзину", contributes_to=("top",))
    assert found(top, own) == []


def test_similarity_of_nothing_is_nothing() -> None:
    assert similarity("", "") == similarity("12", "12") == 0
    assert similarity("Customers wait less", "Customers wait less") == 1


SAME = Bound(measure="first_reply", within_s=900, which=Slice(channel=("chat", "phone")))


@pytest.mark.parametrize(
    ("other", "twice"),
    [
        (SAME, True),
        (Bound(measure="first_reply", within_s=900, which=Slice(channel=("phone", "chat"))), True),
        (Bound(measure="first_reply", statistic="quantile", quantile=0.9, which=SAME.which), True),
        (Bound(measure="resolution", within_s=900, which=SAME.which), False),
        (Bound(measure="first_reply", within_s=900), False),
        (Bound(measure="first_reply", within_s=900, which=SAME.which, window_days=7), False),
        (Bound(measure="first_reply", within_s=900, which=SAME.which, clock="business"), False),
    ],
)
def test_the_same_measure_population_and_window(other: Bound, twice: bool) -> None:
    findings = found(objective_of(SAME), objective_of(other, team="Sales", title="A question never goes stale"))
    assert [(one.rule, one.place, one.facts["other"]) for one in findings] == (
        [("S8", "objective:2/kr:1", "objective:1/kr:1")] if twice else []
    )


def test_pushed_and_typed_numbers_may_be_the_same_too() -> None:
    assert [one.rule for one in found(objective_of(Pushed(series="nps"), Pushed(series="nps")))] == ["S8"]
    early, late = sound_key_results("ru")
    again = early.model_copy(update={"title": "Доля обращений с ответом за 15 минут: с 50 % до 90 %"})
    other = early.model_copy(update={"title": "Доля обращений с ответом за 60 минут: с 50 % до 90 %"})
    assert [one.rule for one in found(sound_objective("ru", key_results=(early, again)))] == ["S8"]
    assert found(sound_objective("ru", key_results=(early, other, late))) == []


def test_a_waiver_of_the_cycle_or_of_the_objective_holds() -> None:
    waiver = {"rule": "S8", "reason": "both are paid for it"}
    twice = objective_of(SAME, SAME, waivers=(waiver,))
    assert [one.waived is not None for one in found(twice)] == [True]
    cycle = sound_cycle(objective_of(SAME, SAME)).model_copy(update={"waivers": twice.waivers})
    assert all(one.waived for one in lint_cycle(cycle, kinds=("structure",)) if one.rule == "S8")
