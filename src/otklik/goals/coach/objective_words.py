"""Rules on the words of an objective: shipped (O1), going on as before (O3), empty talk (O4), two in one (O6)."""

from collections.abc import Iterator

from otklik.goals.coach.reading import Word, opening, words_of
from otklik.goals.coach.rule import AboutObjective, Remark, Rule
from otklik.goals.coach.verbs import deliverable_at, is_order
from otklik.goals.coach.vocabulary import ABSTRACT, ACTION_VERBS, FILLERS, KEEP_VERBS, MOVEMENT, SKIPPED_FIRST

_JOINTS = frozenset(("и", "and", "also"))
_NO_OBJECT = frozenset(["of", "in", "for", "at", "with", "by", "to", "on", "from", "is", "are"])


def ships_something(about: AboutObjective) -> Iterator[Remark]:
    """O1: it begins with something delivered."""
    if found := deliverable_at(about.objective.title, sentence=True):
        yield Remark("o1.ships", {"word": found.text}, found.span)


def goes_on_as_before(about: AboutObjective) -> Iterator[Remark]:
    """O3: it begins with "keep", "поддерживать"."""
    if (first := _first(about.objective.title)) and _orders(first, KEEP_VERBS):
        yield Remark("o3.as-before", {"word": first.text}, first.span)


def says_nothing(about: AboutObjective) -> Iterator[Remark]:
    """O4: a movement verb and abstract nouns, nothing that could be seen to happen."""
    first = _first(about.objective.title)
    if first is None or not first.may_be(MOVEMENT):
        return
    rest = [word for word in words_of(about.objective.title) if word.start > first.start and word.text not in FILLERS]
    if rest and not any(ch.isdigit() for ch in about.objective.title) and all(word.may_be(ABSTRACT) for word in rest):
        yield Remark("o4.abstract", {"word": first.text}, (first.start, rest[-1].end))


def holds_two(about: AboutObjective) -> Iterator[Remark]:
    """O6: two orders joined by "and"."""
    words = words_of(about.objective.title)
    start = opening(about.objective.title)
    if start is None or not is_order(words[start]):
        return
    for number in range(start + 1, len(words) - 1):
        if words[number].text in _JOINTS and (second := _order_after(words, number)):
            yield Remark("o6.two", {"first": words[start].text, "second": second.text}, second.span)
            return


def _order_after(words: tuple[Word, ...], number: int) -> Word | None:
    """The order that follows a joint, past one adverb ("и заодно перестроить", "and then close")."""
    for at in (number + 1, number + 2):
        if at < len(words) and is_order(words[at]) and _takes_an_object(words, at):
            return words[at]
        if at < len(words) and not _is_adverb(words[at]):
            return None
    return None


def _takes_an_object(words: tuple[Word, ...], at: int) -> bool:
    word = words[at]
    if word.is_russian:
        return True
    follows = words[at + 1].text if at + 1 < len(words) else ""
    return word.text in ACTION_VERBS and bool(follows) and follows not in _NO_OBJECT


def _is_adverb(word: Word) -> bool:
    if word.is_russian:
        return word.forms[0].part in ("ADVB", "PRCL", "CONJ")
    return word.text in ("then", "also", "to", "thus") or word.text.endswith("ly") or word.text in SKIPPED_FIRST


def _orders(word: Word, lemmas: frozenset[str]) -> bool:
    """Tell whether a word orders one of the things, or names doing it; "остаётся" does neither."""
    return any(form.lemma in lemmas and (form.orders or form.part in ("NOUN", "GRND")) for form in word.forms)


def _first(title: str) -> Word | None:
    at = opening(title)
    return None if at is None else words_of(title)[at]


RULES = (
    Rule("O1", "objective", "warning", of_objective=ships_something),
    Rule("O3", "objective", "warning", of_objective=goes_on_as_before),
    Rule("O4", "objective", "warning", of_objective=says_nothing),
    Rule("O6", "objective", "warning", of_objective=holds_two),
)
