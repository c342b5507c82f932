"""What belongs to a closed cycle does not change: the one place that holds to it, whichever way a row is written."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final, Self

from django.apps import apps
from django.db import models, transaction

from otklik.web.goals.problems import CycleClosed
from otklik.web.ownership import OwnedQuerySet

DRAFT, ACTIVE, CLOSING, CLOSED = "draft", "active", "closing", "closed"
STAGES: Final = (DRAFT, ACTIVE, CLOSING, CLOSED)


def refuse_closed(cycle_ids: Iterable[int | None]) -> None:
    """Raise CycleClosed where one of these cycles is closed; until the transaction ends none of them can close."""
    held = (
        apps.get_model("goals", "Cycle")
        .objects.select_for_update()
        .filter(pk__in={one for one in cycle_ids if one is not None})
    )
    for cycle in held:
        if cycle.stage == CLOSED:
            raise CycleClosed(cycle=cycle.title)


class FrozenQuerySet(OwnedQuerySet):
    """Rows of cycles: many at once are as frozen as one alone."""

    def update(self, **told: Any) -> int:
        """Change rows, unless one of them is in a closed cycle; to another cycle they go one by one."""
        way = self.model.TO_CYCLE.partition("__")[0]
        if way and {way, f"{way}_id"} & told.keys():
            raise CycleClosed(cycle=str(told.get(way, "")))
        with transaction.atomic():
            self._refuse_closed()
            return super().update(**told)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Take rows away, unless one of them is in a closed cycle."""
        with transaction.atomic():
            self._refuse_closed()
            return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        """Add rows, unless one of them would be in a closed cycle."""
        rows = list(objs)
        with transaction.atomic():
            refuse_closed({row.its_cycle_id() for row in rows})
            return super().bulk_create(rows, *args, **kwargs)

    def _refuse_closed(self: Self) -> None:
        way = f"{self.model.TO_CYCLE}id"
        refuse_closed(set(self.order_by().values_list(way, flat=True)))


class InCycle(models.Model):
    """A row of a cycle."""

    TO_CYCLE: ClassVar[str] = "cycle__"
    """The way from the row to its cycle."""
    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # the ways from one row to others end here too

    def its_cycle_id(self) -> int | None:
        """The cycle it would be in."""
        found: Any = self
        for step in self.TO_CYCLE.split("__")[:-2]:
            found = getattr(found, step)
        return found.cycle_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, unless the cycle it is in, or would be in, is closed."""
        with transaction.atomic():
            refuse_closed({self.its_cycle_id(), *self._was_in()})
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take it away, unless its cycle is closed."""
        with transaction.atomic():
            refuse_closed({self.its_cycle_id(), *self._was_in()})
            return super().delete(*args, **kwargs)

    def _was_in(self) -> set[int]:
        if self.pk is None:
            return set()
        way = f"{self.TO_CYCLE}id"
        return set(type(self)._base_manager.filter(pk=self.pk).values_list(way, flat=True))
