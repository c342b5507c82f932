"""The columns of a table of goals, one row a key result: what each is called and which field it fills."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from otklik.base.text import LANGUAGES, N_, Words
from otklik.schemas.goals import COMMITMENTS, DIRECTIONS, LEVELS, STAGES
from otklik.schemas.views import Cohort

Part = Literal["cycle", "objective", "key_result", "source", "which"]
CellKind = Literal["text", "number", "whole", "day", "yes", "list", "choice", "json", "object", "checkpoints"]
SOURCES: Final = {
    "measure": N_("Measured from the log"),
    "pushed": N_("Sent by a program"),
    "manual": N_("Typed by people"),
}
_CLOCKS: Final = {"elapsed": N_("Elapsed time"), "business": N_("Business time")}
_STATISTICS: Final = {"share": N_("Share within"), "quantile": N_("Percentile"), "count": N_("Count")}
_SCALES: Final = {"linear": N_("In equal steps"), "log": N_("In equal ratios")}
_COHORTS: Final = {cohort: cohort for cohort in get_args(Cohort)}


@dataclass(frozen=True, eq=False)
class Column:
    """One column: its code, its heading, and the field of a part of a cycle that it fills."""

    code: str
    heading: str
    part: Part
    field: str
    kind: CellKind = "text"
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)


COLUMNS: Final = (
    Column("cycle", N_("Cycle"), "cycle", "title"),
    Column("start", N_("Start of the cycle"), "cycle", "start", "day"),
    Column("end", N_("End of the cycle"), "cycle", "end", "day"),
    Column("objective_number", N_("Number of the objective"), "objective", "number", "whole"),
    Column("objective", N_("Objective"), "objective", "title"),
    Column("why", N_("Why it matters"), "objective", "why"),
    Column("level", N_("Level"), "objective", "level", "choice", LEVELS),
    Column("team", N_("Team of the objective"), "objective", "team"),
    Column("owner", N_("Owner of the objective"), "objective", "owner"),
    Column("reviewer", N_("Reviewer"), "objective", "reviewer"),
    Column("objective_commitment", N_("Commitment of the objective"), "objective", "commitment", "choice", COMMITMENTS),
    Column("contributes_to", N_("Contributes to"), "objective", "contributes_to", "list"),
    Column("key_result", N_("Key result"), "key_result", "title"),
    Column("direction", N_("Direction"), "key_result", "direction", "choice", DIRECTIONS),
    Column("commitment", N_("Commitment"), "key_result", "commitment", "choice", COMMITMENTS),
    Column("unit", N_("Unit"), "key_result", "unit"),
    Column("baseline", N_("Starting value"), "key_result", "baseline", "number"),
    Column("target", N_("Target value"), "key_result", "target", "number"),
    Column("commit", N_("At least (0.3)"), "key_result", "commit", "number"),
    Column("stretch", N_("At best (1.0)"), "key_result", "stretch", "number"),
    Column("scale", N_("Scale"), "key_result", "scale", "choice", _SCALES),
    Column("due", N_("Due"), "key_result", "due", "day"),
    Column("weight", N_("Weight"), "key_result", "weight", "number"),
    Column("owners", N_("Who answers for it"), "key_result", "owners", "list"),
    Column("leading", N_("Early number"), "key_result", "leading", "yes"),
    Column("checkpoints", N_("Checkpoints"), "key_result", "checkpoints", "checkpoints"),
    Column("steps", N_("Steps"), "key_result", "steps", "json"),
    Column("source", N_("Where the number comes from"), "source", "how", "choice", SOURCES),
    Column("series", N_("Series"), "source", "series"),
    Column("measure", N_("Measure"), "source", "measure"),
    Column("clock", N_("Clock"), "source", "clock", "choice", _CLOCKS),
    Column("calendar", N_("Calendar"), "source", "calendar"),
    Column("statistic", N_("Statistic"), "source", "statistic", "choice", _STATISTICS),
    Column("within_s", N_("Within, seconds"), "source", "within_s", "number"),
    Column("quantile", N_("Quantile"), "source", "quantile", "number"),
    Column("window_days", N_("Last days counted (0 = whole cycle)"), "source", "window_days", "whole"),
    Column("weekly", N_("Week by week"), "source", "weekly", "yes"),
    Column("of_source", N_("Only sources"), "which", "source", "list"),
    Column("of_channel", N_("Only channels"), "which", "channel", "list"),
    Column("of_team", N_("Only teams"), "which", "team", "list"),
    Column("of_category", N_("Only categories"), "which", "category", "list"),
    Column("of_priority", N_("Only priorities"), "which", "priority", "list"),
    Column("of_segment", N_("Only segments"), "which", "segment", "list"),
    Column("of_assignee", N_("Only who held it last"), "which", "assignee", "list"),
    Column("cohort", N_("Which requests"), "which", "cohort", "choice", _COHORTS),
    Column("health", N_("Health measures"), "objective", "health", "json"),
    Column("objective_waivers", N_("Waivers of the objective"), "objective", "waivers", "json"),
    Column("needs", N_("Needs from other teams"), "objective", "needs", "json"),
    Column("cycle_id", N_("Id of the cycle"), "cycle", "id"),
    Column("objective_id", N_("Id of the objective"), "objective", "id"),
    Column("key_result_id", N_("Id of the key result"), "key_result", "id"),
    Column("stage", N_("Stage"), "cycle", "stage", "choice", STAGES),
    Column("profile", N_("Profile"), "cycle", "profile"),
    Column("own", N_("Own numbers and rules"), "cycle", "own", "object"),
    Column("mid_review", N_("Mid-cycle review"), "cycle", "mid_review", "day"),
    Column("closing_from", N_("Closing from"), "cycle", "closing_from", "day"),
    Column("check_in_days", N_("Days between check-ins"), "cycle", "check_in_days", "whole"),
    Column("not_now", N_("Not now"), "cycle", "not_now", "list"),
    Column("cycle_waivers", N_("Waivers of the cycle"), "cycle", "waivers", "json"),
)
"""In the order they are written; those that people fill in first come first."""
BY_CODE: Final = {column.code: column for column in COLUMNS}


def column_named(heading: str) -> Column | None:
    """The column of a heading: its code, or what it is called in any of the languages; case and spaces do not count."""
    return _names().get(_plain(heading))


def choice_named(column: Column, text: str) -> str | None:
    """The value of a choice: its code, or what it is called in any of the languages."""
    wanted = _plain(text)
    for code, label in column.choices.items():
        if wanted in {_plain(code), *(_plain(Words(language).say(label)) for language in LANGUAGES)}:
            return code
    return None


def _names() -> dict[str, Column]:
    found = {}
    for column in COLUMNS:
        for language in LANGUAGES:
            found[_plain(Words(language).say(column.heading))] = column
    return found | {_plain(column.code): column for column in COLUMNS}


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().replace("ё", "е").split())
