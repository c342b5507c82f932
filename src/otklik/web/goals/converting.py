"""Goals between the database and the schema that crosses doors: the one place that knows both."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from otklik.schemas import goals as told
from otklik.web.accounts.models import User
from otklik.web.goals.changing import tell, write
from otklik.web.goals.mine import as_own
from otklik.web.goals.models import Cycle, Dependency, Health, KeyResult, Objective, Waiver

NEEDS = ("needs__answered_by", "needs__risk_owner")
_PARTS = ("key_results__owner", "health", "waivers__by", "contributes_to", *NEEDS)


def cycle_told(cycle: Cycle, objectives: "QuerySet[Objective] | None" = None) -> told.Cycle:
    """A cycle with these objectives, or with all that are not personal."""
    chosen = cycle.objectives.exclude(level="personal") if objectives is None else objectives.filter(cycle=cycle)
    rows = chosen.select_related("owner", "reviewer").prefetch_related(*_PARTS)
    seen = {row.pk for row in rows}
    return told.Cycle(
        id=str(cycle.pk), title=cycle.title, start=cycle.start, end=cycle.end, stage=cycle.stage,  # type: ignore[arg-type]
        profile=cycle.profile, own=cycle.read_own(), mid_review=cycle.mid_review, closing_from=cycle.closing_from,
        check_in_days=cycle.check_in_days, not_now=tuple(cycle.not_now),
        objectives=tuple(objective_told(row, seen) for row in rows),
        waivers=_waivers(cycle.waivers.filter(objective=None).select_related("by")),
    )  # fmt: skip


def objective_told(row: Objective, seen: set[int] | None = None) -> told.Objective:
    """One objective; of the goals it helps only those that are `seen`, and shared ones of other cycles."""
    helped = [one.pk for one in row.contributes_to.all() if seen is None or one.pk in seen or _is_elsewhere(one, row)]
    return told.Objective(
        id=str(row.pk), title=row.title, why=row.why, level=row.level, team=row.team,  # type: ignore[arg-type]
        owner=_who(row.owner), reviewer=_who(row.reviewer), commitment=row.commitment or None,  # type: ignore[arg-type]
        contributes_to=tuple(str(pk) for pk in sorted(helped)),
        key_results=tuple(key_result_told(one) for one in row.key_results.all() if one.stopped_on is None),
        health=tuple(health_told(one) for one in row.health.all()),
        waivers=_waivers(row.waivers.all()), needs=tuple(_need(one) for one in row.needs.all()),
    )  # fmt: skip


def _need(row: Dependency) -> told.Need:
    return told.Need(
        team=row.team, what=row.what, due=row.due, key_result=str(row.key_result_id or ""),
        answer=row.answer or None, note=row.note, answered_by=_who(row.answered_by), answered_on=row.answered_on,  # type: ignore[arg-type]
        risk_owner=_who(row.risk_owner) if row.is_carried else "", is_carried=row.is_carried,
        delivered_on=row.delivered_on,
    )  # fmt: skip


def _is_elsewhere(helped: Objective, row: Objective) -> bool:
    return helped.cycle_id != row.cycle_id and helped.level != "personal"


def key_result_told(row: KeyResult) -> told.KeyResult:
    """One key result as it is now."""
    return told.KeyResult(
        id=str(row.pk or ""), title=row.title, direction=row.direction,  # type: ignore[arg-type]
        commitment=row.commitment or None, unit=row.unit,  # type: ignore[arg-type]
        baseline=row.baseline, target=row.target, commit=row.commit, stretch=row.stretch, scale=row.scale,  # type: ignore[arg-type]
        due=row.due,
        weight=row.weight, owners=(row.owner.email,) if row.owner else (), leading=row.leading,
        source=row.read_source(), steps=row.read_steps(), checkpoints=row.read_checkpoints(),
    )  # fmt: skip


def as_first_set(row: KeyResult) -> told.KeyResult | None:
    """The key result as it was when the cycle began; None = it is the same still, or came later."""
    if row.as_set is None:
        return None
    first = told.KeyResult.model_validate(row.as_set)
    first = first.model_copy(update={"source": as_own(first.source, row)})
    return None if first == key_result_told(row) else first


def health_told(row: Health) -> told.Health:
    """One health number."""
    return told.Health(
        id=str(row.pk or ""), title=row.title, unit=row.unit, low=row.low, high=row.high, source=row.read_source()
    )


def add_cycle(given: told.Cycle, by: Any) -> Cycle:
    """Write a cycle that was read from a file as a new draft."""
    with transaction.atomic():
        cycle = Cycle(
            title=given.title[:120], start=given.start, end=given.end, profile=given.profile,
            own=given.own.model_dump(mode="json") if given.own else None,
            mid_review=given.mid_review, closing_from=given.closing_from, check_in_days=given.check_in_days,
            not_now=list(given.not_now), made_by=by,
        )  # fmt: skip
        write(cycle, by)
        _waive(cycle, None, given.waivers, by)
        add_objectives(cycle, given.objectives, by)
    return cycle


def add_objectives(cycle: Cycle, given: Iterable[told.Objective], by: Any) -> list[Objective]:
    """Write objectives into a cycle; what they contribute to is kept where it is among them."""
    people = {person.email.lower(): person for person in User.objects.filter(is_active=True)}
    made: dict[str, Objective] = {}
    rows = []
    with transaction.atomic():
        first = cycle.objectives.count()
        for place, one in enumerate(given, first):
            row = _add_objective(cycle, one, place, people, by)
            rows.append((row, one))
            made[one.id or f"#{place}"] = row
        for row, one in rows:
            helped = [made[other] for other in one.contributes_to if other in made and made[other] != row]
            if helped:
                row.contributes_to.set(helped)
                tell(row, "contributes_to", [], sorted(other.pk for other in helped), by)
    return [row for row, _ in rows]


def _add_objective(cycle: Cycle, given: told.Objective, place: int, people: dict[str, User], by: Any) -> Objective:
    owner = by if given.level == "personal" else people.get(given.owner.lower())
    row = Objective(
        cycle=cycle, position=place, title=given.title[:300], why=given.why, level=given.level, team=given.team[:200],
        owner=owner, reviewer=people.get(given.reviewer.lower()), commitment=given.commitment or "",
    )  # fmt: skip
    write(row, by)
    places: dict[str, str] = {}
    for number, one in enumerate(given.key_results):
        made = _key_result(row, one, number, people)
        write(made, by)
        if one.id:
            places[one.id] = str(made.pk)
    for number, health in enumerate(given.health):
        source = health.source.model_dump(mode="json")
        write(Health(
            objective=row, position=number, title=health.title[:300], unit=health.unit, low=health.low,
            high=health.high, source=source,
        ), by)  # fmt: skip
    _waive(cycle, row, [_replaced(one, places) for one in given.waivers if _is_here(one.place, places)], by)
    for need in given.needs:
        write(_dependency(row, need, places, people), by)
    return row


def _dependency(objective: Objective, given: told.Need, places: dict[str, str], people: dict[str, User]) -> Dependency:
    """What is asked, and who carries the risk; in a new draft the other team answers anew."""
    return Dependency(
        objective=objective, team=given.team[:200], what=given.what[:300], due=given.due,
        key_result_id=places.get(given.key_result), risk_owner=people.get(given.risk_owner.lower()),
    )  # fmt: skip


def _replaced(waiver: told.Waiver, places: dict[str, str]) -> told.Waiver:
    """The waiver with the number that its key result has here."""
    return waiver.model_copy(update={"place": places[waiver.place]}) if waiver.place in places else waiver


def _is_here(place: str, places: dict[str, str]) -> bool:
    """A number that is none of the file's would be that of another key result here."""
    return not place.isdigit() or place in places


def _waive(cycle: Cycle, objective: Objective | None, given: Iterable[told.Waiver], by: Any) -> None:
    for one in given:
        Waiver(cycle=cycle, objective=objective, rule=one.rule, place=one.place, reason=one.reason, by=by).save()


def _key_result(objective: Objective, given: told.KeyResult, place: int, people: dict[str, User]) -> KeyResult:
    owner = next((people[who.lower()] for who in given.owners if who.lower() in people), None)
    return KeyResult(
        objective=objective, position=place, title=given.title[:300], direction=given.direction,
        commitment=given.commitment or "", unit=given.unit, baseline=given.baseline, target=given.target,
        commit=given.commit, stretch=given.stretch, scale=given.scale, due=given.due, weight=given.weight, owner=owner,
        leading=given.leading, source=given.source.model_dump(mode="json"),
        steps=[step.model_dump(mode="json") for step in given.steps],
        checkpoints=[point.model_dump(mode="json") for point in given.checkpoints],
    )  # fmt: skip


def _waivers(rows: Iterable[Waiver]) -> tuple[told.Waiver, ...]:
    return tuple(
        told.Waiver(rule=one.rule, reason=one.reason, by=_who(one.by), at=one.at, place=one.place) for one in rows
    )


def _who(person: Any) -> str:
    return str(person.email) if person else ""
