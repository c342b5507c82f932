"""Objectives with their key results, their health, and what was waived."""

from typing import Annotated, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from pydantic import Field, TypeAdapter, ValidationError

from otklik.schemas.corridors import Corridor
from otklik.schemas.goals import Bound, Checkpoint, Manual, Pushed, Step
from otklik.web.goals import mine, rights
from otklik.web.goals.models.cycles import Cycle
from otklik.web.goals.models.frozen import InCycle
from otklik.web.goals.problems import BadSource

Source = Bound | Pushed | Manual
_SOURCE: TypeAdapter[Source] = TypeAdapter(Annotated[Source, Field(discriminator="how")])
_STEPS: TypeAdapter[list[Step]] = TypeAdapter(list[Step])
_CHECKPOINTS: TypeAdapter[list[Checkpoint]] = TypeAdapter(list[Checkpoint])
_PERSON: dict[str, Any] = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


def manual() -> dict[str, Any]:
    """A number people type."""
    return {"how": "manual"}


def read_as(reader: "TypeAdapter[Any]", told: Any) -> Any:
    """What the schema makes of it; raise BadSource where it makes nothing."""
    try:
        return reader.validate_python(told)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadSource(reason=f"{place}: {first['msg']}") from wrong


def read_own(row: Any) -> Source:
    """Where the number of a key result or of health comes from; names count while they are those of its person."""
    source: Source = read_as(_SOURCE, row.source)
    return mine.as_own(source, row)


class Objective(InCycle):
    """What shall be true for whom, and why it matters."""

    TRACKED: ClassVar[tuple[str, ...]] = ("title", "why", "level", "team", "owner", "reviewer", "commitment")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="objectives")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    why = models.TextField(blank=True)
    level = models.CharField(max_length=8, default="team")
    team = models.CharField(max_length=200, blank=True)
    """As the records name it."""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    commitment = models.CharField(max_length=12, blank=True)
    contributes_to = models.ManyToManyField(
        "self", through="Contribution", symmetrical=False, related_name="contributors"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; of a personal one that passes to others, what the coach was told does not go along."""
        is_passing = self.pk is not None and mine.passes_on(self, self.level)
        super().save(*args, **kwargs)
        if is_passing:
            self.looks.all().delete()

    @staticmethod
    def visible_to(user: Any) -> Q:
        """As `rights` says."""
        return rights.visible(user)


class Contribution(InCycle):
    """One goal helps another, of the same cycle or of a longer one."""

    TO_CYCLE = "contributor__cycle__"
    contributor = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="+")
    helped = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contributor", "helped"], name="contribution_once"),
            models.CheckConstraint(condition=~Q(contributor=models.F("helped")), name="contribution_to_another"),
        ]

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who see both."""
        return rights.visible(user, "contributor__") & rights.visible(user, "helped__")


class OfObjective(InCycle):
    """A part of an objective, seen by whoever sees that."""

    TO_CYCLE = "objective__cycle__"

    class Meta:
        abstract = True

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who see the objective."""
        return rights.visible(user, "objective__")


class KeyResult(OfObjective):
    """A measurable change from a baseline to a target by a day."""

    TRACKED: ClassVar[tuple[str, ...]] = (
        "title", "direction", "commitment", "unit", "baseline", "target", "commit", "stretch", "scale",
        "due", "weight",
        "owner", "leading", "source", "steps", "checkpoints", "stopped_on",
    )  # fmt: skip

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="key_results")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    direction = models.CharField(max_length=10, default="raise")
    commitment = models.CharField(max_length=12, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.FloatField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    commit = models.FloatField(null=True, blank=True)
    stretch = models.FloatField(null=True, blank=True)
    scale = models.CharField(max_length=6, default="linear")
    due = models.DateField(null=True, blank=True)
    weight = models.FloatField(default=1.0)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    leading = models.BooleanField(null=True, blank=True)
    source = models.JSONField(default=manual)
    steps = models.JSONField(default=list)
    checkpoints = models.JSONField(default=list)
    as_set = models.JSONField(null=True, blank=True, editable=False)
    """The key result as it was when the cycle began: what is changed later is graded both ways."""
    stopped_on = models.DateField(null=True, blank=True)
    """It was given up on that day; its grade stays."""

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def read_source(self) -> Source:
        """Where the number comes from; raises BadSource."""
        return read_own(self)

    def read_steps(self) -> tuple[Step, ...]:
        """The steps of a milestone; raises BadSource."""
        return tuple(read_as(_STEPS, self.steps))

    def read_checkpoints(self) -> tuple[Checkpoint, ...]:
        """Where the number should stand on days in between; raises BadSource."""
        return tuple(read_as(_CHECKPOINTS, self.checkpoints))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, if the schema can read all of it."""
        self.read_source()
        self.read_steps()
        self.read_checkpoints()
        mine.check_number(self)
        super().save(*args, **kwargs)


class Health(OfObjective):
    """A number that must not break while the goal is pursued."""

    TRACKED: ClassVar[tuple[str, ...]] = ("title", "unit", "low", "high", "source")

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="health")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    unit = models.CharField(max_length=40, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    source = models.JSONField(default=manual)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def read_source(self) -> Source:
        """Where the number comes from; raises BadSource."""
        return read_own(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, if the schema can read where its number comes from."""
        self.read_source()
        mine.check_number(self)
        super().save(*args, **kwargs)

    def is_broken_by(self, value: float | None) -> bool:
        """Say whether a value lies outside the band; both ends are inside."""
        return self.corridor.is_left_by(value)

    @property
    def corridor(self) -> Corridor:
        """Between which numbers it shall stay."""
        return Corridor(self.low, self.high)


class Waiver(InCycle):
    """A rule of the coach that does not count here: who decided it, when and why."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="waivers")
    objective = models.ForeignKey(Objective, null=True, on_delete=models.CASCADE, related_name="waivers")
    """None = the cycle as a whole."""
    rule = models.CharField(max_length=20)
    place = models.CharField(max_length=80, blank=True)
    """The number of a key result; empty = all of it."""
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.rule} {self.place}".strip()

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who see the objective."""
        return Q(objective=None) | rights.visible(user, "objective__")


class Measured(OfObjective):
    """What the records said of a bound number on a day; measured again that day, it is replaced."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="+")
    key_result = models.ForeignKey(KeyResult, null=True, on_delete=models.CASCADE, related_name="measured")
    health = models.ForeignKey(Health, null=True, on_delete=models.CASCADE, related_name="measured")
    day = models.DateField()
    reading = models.JSONField()
    """schemas.goal_results.Reading, without its table of days."""
    weeks = models.JSONField(default=list)
    """The number of every week of the cycle so far; null where a week knows none."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key_result", "day"], name="measured_once_a_day"),
            models.UniqueConstraint(fields=["health", "day"], name="health_measured_once_a_day"),
        ]
