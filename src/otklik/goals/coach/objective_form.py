"""Rules on the form of an objective: no numbers (O2), one line (O5), a reason (O7)."""

import re
from collections.abc import Iterator
from typing import Final

from otklik.goals.coach.reading import count_words, words_of
from otklik.goals.coach.rule import AboutObjective, Remark, Rule

_NUMBER: Final = re.compile(r"\d+(?:[\s.,]\d+)*(?:\s*%)?|%")
_PLACED: Final = re.compile(r"\S+")


def holds_numbers(about: AboutObjective) -> Iterator[Remark]:
    """O2: digits or %; a digit inside a name (B2B) is none."""
    title = about.objective.title
    for found in _NUMBER.finditer(title):
        if not _is_name(title, found):
            yield Remark("o2.number", {"number": found[0]}, found.span())
            return


def _is_name(title: str, found: re.Match[str]) -> bool:
    before = re.search(r"[^\W\d_]*$", title[max(0, found.start() - 40) : found.start()])
    after = re.match(r"[^\W\d_]*", title[found.end() :])
    head, tail = before[0] if before else "", after[0] if after else ""
    return not found[0].endswith("%") and bool(tail) and (bool(head) or tail.isupper())


def is_no_line(about: AboutObjective) -> Iterator[Remark]:
    """O5: too few words to say anything, or too many to remember."""
    title, limits = about.objective.title, about.limits
    n = count_words(title)
    facts = {"n": n, "least": limits.objective_words_min, "most": limits.objective_words_max}
    if n < limits.objective_words_min:
        yield Remark("o5.short", facts, (0, len(title)) if title.strip() else None)
    elif n > limits.objective_words_max:
        places = [found.span() for found in _PLACED.finditer(title) if count_words(found[0])]
        beyond = places[limits.objective_words_max :] or places[-1:]
        yield Remark("o5.long", facts, (beyond[0][0], places[-1][1]))


def has_no_reason(about: AboutObjective) -> Iterator[Remark]:
    """O7: "why it matters" is empty, hardly a word, or the title again."""
    why, limits = about.objective.why.strip(), about.limits
    n = count_words(why)
    if not n:
        yield Remark("o7.empty", at="why")
    elif _plain(why) == _plain(about.objective.title):
        yield Remark("o7.repeats", span=(0, len(about.objective.why)), at="why")
    elif n < limits.why_words_min:
        yield Remark("o7.short", {"n": n, "least": limits.why_words_min}, (0, len(about.objective.why)), at="why")


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in words_of(text))


RULES = (
    Rule("O2", "objective", "warning", of_objective=holds_numbers),
    Rule("O5", "objective", "hint", limits=("objective_words_min", "objective_words_max"), of_objective=is_no_line),
    Rule("O7", "objective", "error", limits=("why_words_min",), of_objective=has_no_reason),
)
