"""Every rule of the coach, in the order of the catalogue."""

from typing import Final

from otklik.goals.coach import (
    data_soundness,
    data_start,
    key_result_numbers,
    key_result_promises,
    key_result_statistics,
    key_result_verbs,
    objective_form,
    objective_words,
    structure_balance,
    structure_counts,
    structure_links,
)
from otklik.goals.coach.rule import Rule

_GROUPS: Final = (
    objective_words, objective_form, key_result_numbers, key_result_verbs, key_result_statistics, key_result_promises,
    structure_counts, structure_balance, structure_links, data_start, data_soundness,
)  # fmt: skip
_KINDS: Final = "OKSD"
RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((rule for group in _GROUPS for rule in group.RULES), key=lambda rule: (_KINDS.index(rule.id[0]), rule.id))
)
BY_ID: Final = {rule.id: rule for rule in RULES}
