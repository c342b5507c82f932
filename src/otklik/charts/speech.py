"""Speaking one language about one log: sentences, figures and names, for charts and report alike."""

from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from otklik.base.text import N_, Words
from otklik.charts import names
from otklik.charts.formats import Figure, Formats
from otklik.charts.printable import clipped
from otklik.schemas.results import Clock, Report


class Sentence(str):
    """A sentence in the reader's language; in HTML its figures are bold and everything in it is escaped."""

    template: str
    facts: dict[str, object]

    @classmethod
    def of(cls, template: str, facts: dict[str, object]) -> "Sentence":
        """Fill `%(name)s` places; a template without facts is taken as it is."""
        sentence = cls(_one_stop(template % facts if facts else template))
        sentence.template, sentence.facts = template, facts
        return sentence

    def __html__(self) -> str:
        """Return the sentence as safe HTML."""
        from markupsafe import Markup, escape

        def safe(fact: object) -> Markup:
            return Markup("<b>%s</b>") % fact if isinstance(fact, Figure) else escape(fact)

        if not self.facts:
            return escape(self.template)
        filled = Markup(escape(self.template)) % {name: safe(fact) for name, fact in self.facts.items()}  # noqa: S704 (escaped)
        return Markup(_one_stop(filled))  # noqa: S704 (escaped)


def _one_stop(text: str) -> str:
    """An abbreviation at the end brings its own full stop: '7 дн.', not '7 дн..'."""
    return text[:-1] if text.endswith("..") and not text.endswith("...") else text


class Speech:
    """One language, one log: `format` for figures, `say` and `count` for sentences, names for codes."""

    def __init__(self, language: str = "en", *, is_process: bool = False, zone: str = "UTC") -> None:
        self.words = Words(language)
        self.language = self.words.language
        self.format = Formats(self.words)
        self.is_process = is_process
        self.zone: tzinfo = ZoneInfo(zone)

    @classmethod
    def about(cls, report: Report, language: str) -> "Speech":
        """Speak about this report."""
        return cls(language, is_process=report.log.is_process, zone=report.settings.time_zone)

    def say(self, key: str, /, **facts: object) -> Sentence:
        """Translate a key and fill its places."""
        return Sentence.of(self.words.say(key), facts)

    def count(self, one: str, many: str, n: int, /, **facts: object) -> Sentence:
        """Translate a key that depends on a number; `%(n)s` is that number, written out."""
        template = self.words.count(one, many, n, **{name: f"%({name})s" for name in {*facts, "n"}})
        return Sentence.of(template, {"n": self.format.number(n), **facts})

    def requests(self, n: int) -> Sentence:
        """5,000 requests; 5,000 cases in a process log."""
        if self.is_process:
            return self.count("%(n)s case", "%(n)s cases", n)
        return self.count("%(n)s request", "%(n)s requests", n)

    def measure(self, code: str) -> str:
        """Name of a measure."""
        return self.words.say(self._measure(code)[0])

    def inline(self, code: str) -> str:
        """Name of a measure within a sentence."""
        name = self.measure(code)
        return name[:1].lower() + name[1:]

    def measure_note(self, code: str) -> str:
        """What a measure takes, in a sentence."""
        return self.words.say(self._measure(code)[1])

    def _measure(self, code: str) -> tuple[str, str]:
        if self.is_process and code in names.PROCESS_MEASURES:
            return names.PROCESS_MEASURES[code]
        return _catalogue().get(code, (names.spoken(code), ""))

    def state(self, code: str) -> str:
        """Name of a state."""
        return self._name(names.STATES, code)

    def turn(self, code: str) -> str:
        """Whose turn it was."""
        return self._name(names.TURNS, code)

    def step(self, code: str) -> str:
        """Name of a step: our own kinds translated, the source's activities as they are."""
        if code.startswith("step:"):
            return clipped(code.removeprefix("step:"))
        own = code.removeprefix("status:")
        if self.is_process and own == "resolved":
            return self.words.say(names.FINISHED)
        return self.words.say(names.STEPS[own]) if own in names.STEPS else clipped(code)

    def why(self, code: str) -> str:
        """Why an interval counts or does not."""
        return self._name(names.WHYS, code)

    def slice(self, by: str) -> str:
        """Name of a column that requests are told apart by."""
        return self.words.say(names.SLICES[by]) if by in names.SLICES else clipped(names.spoken(by))

    def clock(self, clock: Clock) -> str:
        """Name of a clock."""
        return self.words.say(N_("in working hours") if clock == "business" else N_("as the customer feels it"))

    def length(self, seconds: float, clock: Clock = "elapsed") -> Figure:
        """A length of time in the manner of its clock."""
        return self.format.working(seconds) if clock == "business" else self.format.duration(seconds)

    def brief(self, seconds: float, clock: Clock = "elapsed") -> str:
        """The same, abbreviated."""
        return str(self.format.working(seconds)) if clock == "business" else self.format.brief(seconds)

    def between(self, low: float | None, high: float | None, clock: Clock = "elapsed") -> str:
        """An interval of lengths, in words; empty where there is none."""
        if low is None and high is None:
            return ""
        if low is None:
            return self.say("at most %(high)s", high=self.brief(high or 0.0, clock))
        if high is None:
            return self.say("at least %(low)s", low=self.brief(low, clock))
        first, last = self.brief(low, clock), self.brief(high, clock)
        return first if first == last else self.say("between %(low)s and %(high)s", low=first, high=last)

    def _name(self, known: dict[str, str], code: str) -> str:
        return self.words.say(known[code]) if code in known else names.spoken(code)


@cache
def _catalogue() -> dict[str, tuple[str, str]]:
    """Title and meaning of every measure."""
    from otklik.measures.catalog import MEASURES

    return {measure.id: (measure.title, measure.meaning) for measure in MEASURES}
