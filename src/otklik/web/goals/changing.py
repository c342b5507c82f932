"""The one way in which goals are written: the row and the line of its history, or neither."""

import json
from hashlib import sha256
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from otklik.web.goals import rights
from otklik.web.goals.models import Cycle, Grade, History, Objective
from otklik.web.goals.problems import ChangedBySomebody, NotYours


def write(row: Any, by: Any, reason: str = "") -> list[History]:
    """Save a row, and write down every field that is another than before; a new row is one line."""
    with transaction.atomic():
        before = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
        old = plain(before) if before else {}
        row.save()
        if before is None:
            return [_line(row, "", None, plain(row), by, reason)]
        new, was = plain(row), before if isinstance(before, Objective) else None
        changed = [name for name in new if new[name] != old[name]]
        lines = [_unsaved(row, name, old[name], new[name], by, reason, was) for name in changed]
        for line in lines:
            line.save()
        return lines


def remove(row: Any, by: Any, reason: str = "") -> None:
    """Take a row away, and write down what it was."""
    with transaction.atomic():
        line = _unsaved(row, "", plain(row), None, by, reason)
        row.delete()
        line.save()


def help_others(objective: Objective, helped: list[Objective], by: Any) -> None:
    """Let a goal contribute to these, and to no others of those that `by` can see."""
    with transaction.atomic():
        seen = set(Objective.objects.for_user(by).values_list("pk", flat=True))
        before = sorted(objective.contributes_to.values_list("pk", flat=True))
        after = sorted({one.pk for one in helped} | (set(before) - seen))
        if before != after:
            objective.contributes_to.set(after)
            _line(objective, "contributes_to", before, after, by, "")


def tell(row: Any, field: str, before: Any, after: Any, by: Any, reason: str = "") -> History:
    """Write down a change that was made otherwise, such as a stage."""
    return _line(row, field, before, after, by, reason)


def check_change(user: Any, objective: Objective, seen: str | None = None) -> None:
    """Raise NotYours where this person may not change it, ChangedBySomebody where it has changed since `seen`."""
    if not rights.may_change(user, objective):
        raise NotYours
    check_seen(objective, seen)


def check_seen(objective: Objective, seen: str | None) -> None:
    """Raise ChangedBySomebody where it has changed since `seen`; it holds while the cycle is held."""
    if seen is not None and str(newest(objective)) != seen:
        raise ChangedBySomebody


def hold(cycle: Cycle) -> Cycle:
    """The cycle as it is now; until the transaction ends nobody else writes into it."""
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


def stamp(row: Any) -> str:
    """What a page remembers of a row, to tell later whether it is still so; empty for none."""
    return "" if row is None else stamp_of(plain(row))


def stamp_of(told: Any) -> str:
    """The same of anything that JSON can hold."""
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def newest(objective: Objective) -> int:
    """The number of the last change of a goal; 0 = it has not changed since it came."""
    found = History.objects.filter(objective=objective).aggregate(last=Max("pk"))["last"]
    return int(found or 0)


def plain(row: Any) -> dict[str, Any]:
    """The fields of a row that are written down, as JSON holds them."""
    tracked: tuple[str, ...] = getattr(type(row), "TRACKED", ())
    return {name: _json(row, name) for name in tracked}


def _json(row: Any, name: str) -> Any:
    field = row._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        person = getattr(row, name)
        return str(person.email) if person else None
    value = getattr(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _line(row: Any, field: str, before: Any, after: Any, by: Any, reason: str) -> History:
    line = _unsaved(row, field, before, after, by, reason)
    line.save()
    return line


def _unsaved(
    row: Any, field: str, before: Any, after: Any, by: Any, reason: str, was: Objective | None = None
) -> History:
    """A line; `was` is the goal before, where it is the goal that changes."""
    objective = objective_of(row)
    own = next((one for one in (was, objective) if one is not None and one.level == rights.PERSONAL), None)
    name = str(row)
    if own is not None and was is not None and field == "level":  # everybody sees that it came, or went
        own, name = None, str(was if was.level != rights.PERSONAL else row)
    return History(
        cycle_id=row.its_cycle_id(), objective_id=objective.pk if objective else None,
        what=type(row)._meta.model_name or "", row=str(row.pk or ""), name=name[:300], field=field,
        before=before, after=after, reason=reason, by=by,
        private_to_id=own.owner_id if own is not None else None,
    )  # fmt: skip


def objective_of(row: Any) -> Objective | None:
    """The goal a row belongs to; None for the cycle itself."""
    if isinstance(row, Cycle):
        return None
    if isinstance(row, Objective):
        return row
    if isinstance(row, Grade):
        return row.key_result.objective
    return getattr(row, "objective", None)
