"""Write the pages on the rules of the coach and on files of goals from the rules and the columns themselves."""

from pathlib import Path

from otklik.actions.goal_columns import COLUMNS
from otklik.base.text import LANGUAGES, Words
from otklik.goals.coach.catalogue import RULES
from otklik.goals.coach.rule import Rule
from otklik.goals.coach.shown import examples_of
from otklik.goals.coach.thresholds import Thresholds
from otklik.schemas.coach import RULE_KINDS, SEVERITIES
from otklik.schemas.coach_words import SOURCES, TITLES, WHYS
from tools.coach_corpus import Agreement, agreement, at_first_sight, lines
from tools.coach_prose import CELLS, FILES, KINDS, LIMITS, RULES_PROSE

ROOT = Path(__file__).resolve().parents[1]


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    made = {}
    for language in LANGUAGES:
        guide = ROOT / "docs" / language / "guide"
        made[guide / "okr-rules.md"] = rules_page(language)
        made[guide / "okr-files.md"] = files_page(language)
    return made


def main() -> None:
    """Write them."""
    for path, text in pages().items():
        path.write_text(text, "utf-8")


def rules_page(language: str) -> str:
    """The catalogue: every rule with why, source, examples, limits; then how well the coach does."""
    prose = RULES_PROSE[language]
    parts = [prose["head"]]
    kind = ""
    for rule in RULES:
        if rule.kind != kind:
            kind = rule.kind
            parts.append(f"## {Words(language).say(RULE_KINDS[rule.kind])}\n\n{prose[kind]}")
        parts.append(_rule(rule, language))
    parts.append(prose["corpus"].strip() + "\n\n" + _agreement(language))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _rule(rule: Rule, language: str) -> str:
    words, prose = Words(language), RULES_PROSE[language]
    rows = [f"### {rule.id}. {words.say(TITLES[rule.id])}"]
    rows.append(f"*{words.say(SEVERITIES[rule.severity])}* · {words.say(WHYS[rule.id])}")
    rows.append(f"{prose['source']}: {words.say(SOURCES[rule.id])}.")
    for limit in rule.limits:
        rows.append(f"{prose['limit']} `{limit}` = {getattr(Thresholds(), limit)}: {LIMITS[language][limit]}.")
    shown = [one for one in examples_of(rule.id) if one.language == language]
    table = [f"| {prose['fails']} | {prose['passes']} |", "|---|---|"]
    failing, passing = ([_cell(one.shown) for one in shown if one.passes == passes] for passes in (False, True))
    for n in range(max(len(failing), len(passing))):
        left, right = (side[n] if n < len(side) else "" for side in (failing, passing))
        table.append(f"| {left} | {right} |")
    return "\n\n".join([rows[0], "  \n".join(rows[1:]), "\n".join(table)])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _agreement(language: str) -> str:
    prose = RULES_PROSE[language]
    first = at_first_sight()
    now = {batch: agreement(batch) for batch in first}
    table = [prose["batches"], "|---|---|---|---|"]
    for number, (batch, told) in enumerate(first.items(), start=1):
        whole = now[batch][""]
        table.append(
            f"| {number} | {len(list(lines(batch)))} | {_two(told[0], language)} / {_two(told[1], language)} "
            f"| {_two(whole.precision, language)} / {_two(whole.recall, language)} |"
        )
    table += ["", prose["by_rule"], "|---|---|---|---|"]
    for id in sorted({id for told in now.values() for id in told if id}, key=lambda id: ("OK".index(id[0]), id)):
        parts = [told[id] for told in now.values() if id in told]
        both = Agreement(*(sum(getattr(one, name) for one in parts) for name in ("right", "extra", "missed")))
        table.append(f"| {id} | {both.right} | {both.extra} | {both.missed} |")
    return "\n".join(table)


def _two(share: float, language: str) -> str:
    return f"{share:.2f}".replace(".", "," if language == "ru" else ".")


def files_page(language: str) -> str:
    """How goals lie in files: every format, every column."""
    words, prose = Words(language), FILES[language]
    table = [prose["columns"], "|---|---|---|---|"]
    for column in COLUMNS:
        kind = CELLS[language].get(column.kind, "")
        if column.choices:
            kind = ", ".join(f"`{code}`" for code in column.choices)
        if column.code in KINDS[language]:
            kind = KINDS[language][column.code]
        table.append(f"| {words.say(column.heading)} | `{column.code}` | {prose[column.part]} | {kind} |")
    return "\n\n".join([prose["head"].strip(), "\n".join(table), prose["tail"].strip()]) + "\n"


if __name__ == "__main__":
    main()
