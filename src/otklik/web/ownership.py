"""Objects belong to somebody: the one way in which views get at rows."""

from typing import Any, Generic, Self, TypeVar

from django.db import models
from django.http import Http404

_Row = TypeVar("_Row", bound=models.Model)


class OwnedQuerySet(models.QuerySet[_Row], Generic[_Row]):
    """Rows that know who may see them; every model with rows of persons or teams has `for_user`."""

    def for_user(self, user: Any) -> Self:
        """Only what this person may see; a model says it by `visible_to(user) -> Q`."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self.filter(self.model.visible_to(user)).distinct()  # type: ignore[attr-defined]

    def one_for(self, user: Any, **which: Any) -> _Row:
        """One row, or 'nothing here': nobody learns that a foreign row exists."""
        found = self.for_user(user).filter(**which).first()
        if found is None:
            raise Http404
        return found
