"""What the pages show, put into words."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from otklik.actions import keep_log
from otklik.actions.import_once import files_of
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.charts import Speech
from otklik.report.understanding import understood
from otklik.schemas.imports import ImportRecord, LogInfo
from otklik.schemas.log import ImportCount
from otklik.schemas.previews import Look, Problem
from otklik.schemas.reasons import REASONS
from otklik.schemas.results import Speed
from otklik.web.accounts.models import Company
from otklik.web.jobs.models import Job
from otklik.web.sources.models import Upload
from otklik.web.words import say, speech, words

HOUR_S, DAY_S = 3600.0, 86_400.0
_STEPS: Final = {
    "look-at-upload": N_("Looking at what is inside"),
    "import-upload": N_("Bringing the records in"),
    "undo-import": N_("Undoing the import"),
    "delete-source": N_("Deleting the source"),
}
ACCOUNT: Final = (
    ("read", N_("Read"), N_("records in the files")),
    ("kept", N_("Kept"), N_("new in the log")),
    ("quarantined", N_("Set aside"), N_("cannot be right")),
    ("duplicate", N_("Known already"), N_("change nothing")),
)


@dataclass(frozen=True)
class Card:
    """One figure with its name."""

    value: str
    label: str
    note: str = ""


def speaker(*, is_process: bool = False) -> Speech:
    """Dates and figures in the company's zone and the reader's language."""
    return speech(Company.ours().time_zone, is_process=is_process)


def kept_log() -> LogInfo | None:
    """The log in a few numbers; None before the first import."""
    try:
        return keep_log.describe_log(settings.DATA.log)[0]
    except UserError as error:
        if error.code == "not-a-store":
            return None
        raise


def account(count: ImportCount) -> list[Card]:
    """Read, kept, set aside, known: the first is always the sum of the others."""
    write = speaker().format.number
    return [Card(write(getattr(count, name)), say(label), say(note)) for name, label, note in ACCOUNT]


def files_text(record: ImportRecord) -> str:
    """The files of an import as their user knows them, a few by name."""
    return some(list(files_of(record)))


def some(names: list[str], most: int = 3) -> str:
    """A few names, and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    return say(
        N_("%(names)s and %(n)s more"), names=", ".join(names[:most]), n=speaker().format.number(len(names) - most)
    )


def size_text(size: int) -> str:
    """A size in the unit people use for it."""
    write = speaker().format.number
    if size < 2**20:
        return say(N_("%(n)s KB"), n=write(size / 1024, 1 if size < 10_240 else 0))
    if size < 2**30:
        return say(N_("%(n)s MB"), n=write(size / 2**20, 1 if size < 10 * 2**20 else 0))
    return say(N_("%(n)s GB"), n=write(size / 2**30, 1))


def figures(look: Look) -> list[Card]:
    """How fast it was in the rows that were looked at."""
    speak = speaker(is_process=look.is_process)
    cards = []
    for measure in Look.MEASURES:
        result = look.figures.get(measure)
        if result is not None and result.elapsed is not None and not result.all_zero:
            cards += _cards_of(speak, speak.measure(measure), result.elapsed)
    return cards


def _cards_of(speak: Speech, name: str, speed: Speed) -> list[Card]:
    cards = []
    if speed.median_s is not None:
        half = say(N_("half of all %(n)s waited no longer"), n=speak.format.number(speed.n))
        cards.append(Card(str(speak.format.duration(speed.median_s)), name, half))
    shares = {one.within_s: one.share for one in speed.within}
    for within_s in (HOUR_S, DAY_S):
        share = shares.get(within_s)
        if share is not None:
            within = say(
                N_("within %(time)s, of all %(n)s"),
                time=speak.format.duration(within_s),
                n=speak.format.number(speed.n),
            )
            cards.append(Card(str(speak.format.share(share)), name, within))
    return cards


def detected(look: Look) -> list[tuple[str, str]]:
    """Everything that was worked out, each with its reason; columns are shown on the table itself."""
    said = [understood(guess, words()) for guess in look.preview.guesses if guess.what != "column"]
    return list(dict.fromkeys(said))


def problems(look: Look) -> list[str]:
    """What would not work as things stand."""
    return [problem_text(problem) for problem in look.preview.problems]


def problem_text(problem: Problem) -> str:
    """One problem in words."""
    return words().error(problem)


def step_text(job: Job) -> str:
    """What a piece of work is called while it goes on."""
    return say(_STEPS.get(job.kind, N_("Working")))


def title_of(upload: Upload) -> str:
    """What an upload is called on screen."""
    return upload.inbox or some(upload.names()) or say(N_("Files on their way"))


def reason_text(code: str) -> str:
    """Why a row was set aside."""
    return say(REASONS.get(code, code.replace("-", " ")))
