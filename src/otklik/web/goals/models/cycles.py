"""Cycles: stretches of time with goals, from draft to closed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from otklik.actions.school_of_goals import school_named
from otklik.schemas.goal_profiles import OWN, Profile, School
from otklik.schemas.goals import STAGES as STAGE_NAMES
from otklik.web.access import Right, may
from otklik.web.goals.models.frozen import ACTIVE, CLOSED, CLOSING, DRAFT, FrozenQuerySet, InCycle
from otklik.web.goals.problems import WrongStage

AFTER: dict[str, tuple[str, ...]] = {DRAFT: (ACTIVE,), ACTIVE: (CLOSING,), CLOSING: (ACTIVE, CLOSED), CLOSED: ()}
"""Which stages may follow a stage; whether the gate is open is asked in goals.stages."""


class CycleQuerySet(FrozenQuerySet):
    """Cycles; the stage is changed one by one, through its gate."""

    def update(self, **told: Any) -> int:
        """Change cycles that are not closed, and never their stage."""
        if "stage" in told:
            raise RuntimeError("a stage is changed by Cycle.enter, through its gate")
        return super().update(**told)


class Cycle(InCycle):
    """A stretch of time in which goals are pursued; days are local and both inside."""

    TO_CYCLE = ""
    TRACKED: ClassVar[tuple[str, ...]] = (
        "title", "start", "end", "profile", "own", "mid_review", "closing_from", "check_in_days", "not_now"
    )  # fmt: skip

    title = models.CharField(max_length=120)
    start = models.DateField()
    end = models.DateField()
    stage = models.CharField(max_length=8, default=DRAFT, editable=False)
    profile = models.CharField(max_length=20, default="google")
    own = models.JSONField(null=True, blank=True)
    """What "own" means in this cycle: the company's numbers as they were when it last took them."""
    mid_review = models.DateField(null=True, blank=True)
    closing_from = models.DateField(null=True, blank=True)
    check_in_days = models.PositiveIntegerField(default=7)
    not_now = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    activated_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-start", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(start__lte=models.F("end")), name="cycle_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Everyone who sees figures sees what is pursued."""
        return Q() if may(user, Right.SEE) else Q(pk__in=[])

    def its_cycle_id(self) -> int | None:
        """Itself."""
        return self.pk

    @property
    def school(self) -> Profile:
        """The school it follows."""
        return school_named(self.profile, self.read_own())

    def read_own(self) -> School | None:
        """The company's own numbers and rules, where it follows them."""
        return School.model_validate(self.own) if self.own is not None and self.profile == OWN else None

    @property
    def is_closed(self) -> bool:
        """Nothing in it changes any more."""
        return self.stage == CLOSED

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; the stage is not changed here."""
        before = Cycle._base_manager.filter(pk=self.pk).values_list("stage", flat=True).first()
        if self.stage != (before or DRAFT):
            raise WrongStage(cycle=self.title, before=STAGE_NAMES[before or DRAFT], after=STAGE_NAMES[self.stage])
        super().save(*args, **kwargs)

    def enter(self, stage: str) -> None:
        """Go to the next stage by one conditional update; raises WrongStage where none of its ways leads there."""
        before = self.stage
        told: dict[str, Any] = {"stage": stage}
        if stage == ACTIVE and before == DRAFT:
            told["activated_at"] = timezone.now()
        if stage == CLOSED:
            told["closed_at"] = timezone.now()
        with transaction.atomic():
            same: models.QuerySet[Cycle] = models.QuerySet(Cycle).filter(pk=self.pk, stage=before)
            gone = stage in AFTER.get(before, ()) and same.update(**told)
        if not gone:
            raise WrongStage(cycle=self.title, before=STAGE_NAMES[before], after=STAGE_NAMES[stage])
        self.refresh_from_db()
