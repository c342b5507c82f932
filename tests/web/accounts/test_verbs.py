"""Whatever any app writes into the trail can be read there, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from otklik.base.text import Words
from otklik.web.accounts.verbs import VERBS

WEB = Path(__file__).resolve().parents[3] / "src" / "otklik" / "web"
SHAPE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")
NO_VERB = re.compile(r"otklik\.|.*\.(html|css|js|txt|csv)$")


def written(tree: ast.Module) -> Iterator[str]:
    """The verbs that a module records; where one is worked out, every text of the module that looks like one."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) > 1 and named(node)]
    for call in calls:
        verb = call.args[1]
        if isinstance(verb, ast.Constant):
            yield str(verb.value)
        elif isinstance(verb, ast.JoinedStr):
            yield from put_together(verb, tree)
        else:
            yield from texts(tree)


def named(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "record"


def put_together(verb: ast.JoinedStr, tree: ast.Module) -> Iterator[str]:
    """`f"webhook.{_PAST[verb]}"` with every value of `_PAST`."""
    start, part = verb.values
    assert isinstance(start, ast.Constant) and isinstance(part, ast.FormattedValue), "a verb put together otherwise"
    assert isinstance(part.value, ast.Subscript) and isinstance(part.value.value, ast.Name)
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == part.value.value.id:
            assert isinstance(node.value, ast.Dict)
            yield from (f"{start.value}{ast.literal_eval(value)}" for value in node.value.values)


def texts(tree: ast.Module) -> Iterator[str]:
    told = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return (text for text in told if SHAPE.fullmatch(text) and not NO_VERB.match(text))


def recorded() -> dict[str, str]:
    """Every verb in the sources, and a file that writes it."""
    found: dict[str, str] = {}
    for path in sorted(WEB.rglob("*.py")):
        for verb in written(ast.parse(path.read_text("utf-8"))):
            found[verb] = str(path.relative_to(WEB))
    return found


RECORDED = recorded()


@pytest.mark.parametrize("verb", sorted(RECORDED))
def test_a_verb_that_is_written_down_has_words(verb: str) -> None:
    assert verb in VERBS, f"{RECORDED[verb]} writes {verb} into the trail: give it words in accounts/verbs.py"
    assert Words("ru").say(VERBS[verb]) != VERBS[verb], f"{verb} has no Russian words"


def test_the_sources_are_read_as_they_are_written() -> None:
    told = set(RECORDED)
    assert {
        "logout",
        "hours.changed",
        "targets.changed",
        "webhook.paused",
        "password.changed",
        "second-step.on",
    } <= told
    tree = ast.parse('_PAST: Final = {"a": "done"}\nrecord(x, f"it.{_PAST[y]}")\nrecord(x, verb)\nf("no.verb-less")')
    assert set(written(tree)) == {"it.done", "no.verb-less"}


def test_no_words_are_kept_for_what_nobody_writes_any_more() -> None:
    assert set(VERBS) - set(RECORDED) == set()
