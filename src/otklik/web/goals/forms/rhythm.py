"""Forms of the rhythm: the check-in, the mid-cycle review, grading, the retrospective."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from otklik.base.text import N_
from otklik.schemas.goals import Manual
from otklik.web.goals.agenda import Item, Point
from otklik.web.goals.changing import stamp, stamp_of
from otklik.web.goals.forms.fields import in_unit, long_field, number_field, text_field
from otklik.web.goals.in_secret import Spread
from otklik.web.goals.models import KeyResult, RetroAnswer
from otklik.web.goals.numbers import as_typed, grade_shown
from otklik.web.goals.stages import is_committed
from otklik.web.goals.standing import HealthStands, KeyResultStands
from otklik.web.words import say, say_later

TENTHS: Final = [("", "–"), *((str(n), f"{n}/10") for n in range(11))]
_TEXTS: Final = ("note", "obstacle", "decision")
_TYPED: Final = ("grade", "argument", "explanation")


def _tenths(spread: Spread | None) -> list[tuple[str, str]]:
    """The choices, with the middle of what was revealed marked: it is offered, and said by nobody but who takes it."""
    middle = "" if spread is None else f"{spread.middle * 10:g}"
    marked = say(N_("%(n)s/10, the middle"), n=middle)
    return [(value, marked if value and value == middle else title) for value, title in TENTHS]


def _area(label: str) -> forms.CharField:
    return long_field(label, rows=2)


class CheckInForm(forms.Form):
    """Every key result one may speak of, and what the meeting came to. Whatever is left empty says nothing."""

    decisions = long_field(N_("What we decided"), rows=2)
    obstacles = long_field(N_("What stands in our way"), rows=2)

    def __init__(self, data: Any, *, items: Sequence[Item]) -> None:
        super().__init__(data)
        self.points = [point for item in items for point in item.points if point.may_say]
        self.health = [one for item in items if item.may_change for one in item.stands.health if _is_typed(one.row)]
        for point in self.points:
            self._add(point)
        for one in self.health:
            self.fields[f"health_{one.row.pk}"] = number_field(N_("Now"))

    def _add(self, point: Point) -> None:
        row = point.part.row
        if _is_typed(row) and row.direction != "milestone":
            self.fields[f"value_{row.pk}"] = number_field(N_("Now"))
        self.fields[f"confidence_{row.pk}"] = forms.ChoiceField(
            label=say_later(N_("Confidence")), choices=_tenths(point.spread), required=False
        )
        for name, label in (("note", N_("What happened")), ("obstacle", N_("What is in the way")),
                            ("decision", N_("What we decide"))):  # fmt: skip
            self.fields[f"{name}_{row.pk}"] = _area(label)

    def fields_of(self, point: Point) -> dict[str, forms.BoundField]:
        """The fields of one key result, by what they are."""
        pk = point.part.row.pk
        names = ("value", "confidence", *_TEXTS)
        return {name: self[f"{name}_{pk}"] for name in names if f"{name}_{pk}" in self.fields}

    def field_of_health(self, one: HealthStands) -> forms.BoundField | None:
        """The field of a health number; None where nobody types it."""
        name = f"health_{one.row.pk}"
        return self[name] if name in self.fields else None

    def clean(self) -> dict[str, Any]:
        """Read every number in its unit."""
        found = super().clean() or {}
        for point in self.points:
            name = f"value_{point.part.row.pk}"
            if name in self.fields:
                found[name] = in_unit(self, name, point.part.row.unit)
        for one in self.health:
            name = f"health_{one.row.pk}"
            found[name] = in_unit(self, name, one.row.unit)
        return found

    def said(self) -> list[tuple[KeyResult, dict[str, Any]]]:
        """What was said of which key result; nothing of those that were left empty."""
        found = []
        for point in self.points:
            row = point.part.row
            confidence = self.cleaned_data.get(f"confidence_{row.pk}")
            facts: dict[str, Any] = {
                "value": self.cleaned_data.get(f"value_{row.pk}"),
                "confidence": int(confidence) / 10 if confidence else None,
            }
            facts |= {name: self.cleaned_data[f"{name}_{row.pk}"].strip() for name in _TEXTS}
            if any(value not in (None, "") for value in facts.values()):
                found.append((row, facts))
        return found


def _is_typed(row: Any) -> bool:
    return isinstance(row.read_source(), Manual)


WISHES: Final = {"keep": N_("Keep it"), "change": N_("Change the target"), "stop": N_("Give it up")}


class ReviewForm(forms.Form):
    """What becomes of one key result in the middle of a cycle."""

    wish = forms.ChoiceField(
        label=say_later(N_("What becomes of it")), widget=forms.RadioSelect, initial="keep",
        choices=[(name, say_later(title)) for name, title in WISHES.items()],
    )  # fmt: skip
    target = number_field(N_("New target"))
    reason = text_field(N_("Why"), required=False, most=1000)

    def __init__(self, data: Any, *, row: KeyResult, may_change: bool = True) -> None:
        super().__init__(data, prefix=f"kr{row.pk}", initial={"target": as_typed(row.target, row.unit)})
        self.row = row
        self.stamp = stamp(row)
        if not may_change:
            wish = self.fields["wish"]
            assert isinstance(wish, forms.ChoiceField)
            wish.choices = [(name, say_later(title)) for name, title in WISHES.items() if name != "change"]
            del self.fields["target"]

    def clean(self) -> dict[str, Any]:
        """A change has a reason and a new target; giving up has a reason."""
        found = super().clean() or {}
        wish = found.get("wish")
        found["target"] = in_unit(self, "target", self.row.unit) if wish == "change" else None
        if wish in ("change", "stop") and not found.get("reason", "").strip():
            self.add_error("reason", say(N_("Say why.")))
        if wish == "change" and not self.errors and found["target"] in (None, self.row.target):
            self.add_error("target", say(N_("Give a target that is another than before.")))
        if _was_seen(self) not in (None, self.stamp) and self.says_something:
            self.add_error(
                "reason", say(N_("Somebody else has changed this key result meanwhile: look at it, then decide again."))
            )
        return found

    @property
    def says_something(self) -> bool:
        """It is changed, given up, or kept for a reason."""
        return self.cleaned_data.get("wish") != "keep" or bool(self.cleaned_data.get("reason", "").strip())


class GradeForm(forms.Form):
    """The grade of one key result: computed, then argued and recorded."""

    grade = forms.DecimalField(
        label=say_later(N_("Grade")), min_value=0, max_value=1, max_digits=4, decimal_places=2, localize=False,
        widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}), required=False,
    )  # fmt: skip
    argument = text_field(N_("Argument"), required=False, most=1000)
    explanation = long_field(N_("It was committed: why was it not reached whole, and what follows?"), rows=2)

    def __init__(self, data: Any, *, part: KeyResultStands, due: float = 1.0) -> None:
        initial = _grade_so_far(part)
        super().__init__(data, prefix=f"kr{part.row.pk}", initial=initial)
        self.part = part
        self.due = due
        self.stamp = f"{stamp(part.recorded)}.{self._typed(initial)}"
        """What the page shows of it: what is recorded, and what stands in the fields."""

    @property
    def is_committed(self) -> bool:
        """All of it was promised."""
        return is_committed(self.part.row)

    def as_it_stands(self) -> "GradeForm":
        """The same without what was sent."""
        return GradeForm(None, part=self.part, due=self.due)

    @property
    def is_stale(self) -> bool:
        """Somebody has graded it since the page was shown."""
        seen = _was_seen(self)
        return seen is not None and seen.partition(".")[0] != stamp(self.part.recorded)

    @property
    def is_left_alone(self) -> bool:
        """Nothing is said of it: its fields are as they were shown, and a grade stands."""
        if self.part.recorded is None:
            return False
        seen = _was_seen(self)
        shown = self.stamp if seen is None else seen
        return shown.partition(".")[2] == self._typed({name: self.data.get(self.add_prefix(name)) for name in _TYPED})

    def _typed(self, told: Mapping[str, Any]) -> str:
        names = _TYPED if self.is_committed else _TYPED[:2]
        return stamp_of([" ".join(str(told.get(name) or "").split()) for name in names])

    def clean(self) -> dict[str, Any]:
        """Another grade than the computed one has an argument; something committed and not reached, an explanation."""
        found = super().clean() or {}
        grade, computed = found.get("grade"), self.part.grade.value
        if grade is None or self.is_left_alone:
            return found
        if self.is_stale:
            text = N_("Somebody else has graded this meanwhile (%(grade)s): look at it, then decide again.")
            self.add_error("grade", say(text, grade=grade_shown(self.part.shown_grade)))
        if not _is_suggested(float(grade), computed) and not found.get("argument", "").strip():
            self.add_error("argument", say(N_("The numbers say otherwise: give your argument.")))
        if self.is_committed and float(grade) < self.due and not found.get("explanation", "").strip():
            self.add_error("explanation", say(N_("Say why it was not reached whole.")))
        return found


def _is_suggested(grade: float, computed: float | None) -> bool:
    """It is what the numbers say, as the page rounds it or as anybody may."""
    return computed is None or f"{grade:.2f}" == f"{computed:.2f}" or abs(grade - computed) <= 0.005


def _was_seen(form: forms.Form) -> str | None:
    """What the page remembered when it was shown; None = it remembered nothing."""
    found: str | None = form.data.get(f"{form.prefix}-seen")
    return found


def _grade_so_far(part: KeyResultStands) -> dict[str, Any]:
    if part.recorded:
        told = part.recorded
        return {"grade": f"{told.grade:.2f}", "argument": told.argument, "explanation": told.explanation}
    return {"grade": "" if part.grade.value is None else f"{part.grade.value:.2f}"}


class RetroForm(forms.Form):
    """Five questions about how it went; answers stand without a name."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name, question in RetroAnswer.QUESTIONS.items():
            self.fields[name] = long_field(question, rows=3)

    def clean(self) -> dict[str, Any]:
        """At least one answer."""
        found = super().clean() or {}
        if not any(str(value).strip() for value in found.values()):
            raise forms.ValidationError(say(N_("Answer at least one question.")))
        return found
