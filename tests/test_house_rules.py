"""The house keeps itself: lengths, twins, docstrings, names, and no room without a purpose."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "otklik"
FILES = sorted(SRC.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST, LONGEST_TEST = 500, 800
TOO_LONG_ALLOWED: dict[str, str] = {}
DOORS = ("cli", "web")
"""Doors are tested by journeys, not by twins."""
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "util", "helper"}
LABELS = ("Input", "Output", "Unit", "Open end", "Errors", "Source")
LABELLED_ROOMS = ("measures", "stats", "findings")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_file_is_too_long(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST or name_of(path) in TOO_LONG_ALLOWED, f"{lines} lines: split it by idea"


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_test_file_is_too_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_TEST


def test_every_exemption_is_still_needed() -> None:
    for name in TOO_LONG_ALLOWED:
        assert len((ROOT / name).read_text("utf-8").splitlines()) > LONGEST


def twin_of(path: Path) -> Path:
    inside = path.relative_to(SRC)
    if "sources" in inside.parts:
        room = inside.parts[inside.parts.index("sources") + 1]
        return ROOT / "tests" / "intake" / "sources" / f"test_{room}.py"
    return ROOT / "tests" / inside.parent / f"test_{inside.stem}.py"


@pytest.mark.parametrize(
    "path",
    [p for p in FILES if p.name not in ("__init__.py", "__main__.py") and p.relative_to(SRC).parts[0] not in DOORS],
    ids=name_of,
)
def test_every_file_has_a_twin_that_tests_it(path: Path) -> None:
    twin = twin_of(path)
    assert twin.exists(), f"write {name_of(twin)}"
    assert any(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in ast.walk(tree_of(twin)))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_an_init_file_holds_no_logic(path: Path) -> None:
    if path.name != "__init__.py":
        return
    allowed = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign, ast.AnnAssign, ast.If, ast.FunctionDef)
    tree = tree_of(path)
    assert all(isinstance(node, allowed) for node in tree.body)
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert set(functions) <= {"__getattr__", "__dir__"}, "only lazy re-exports live in an __init__"


def test_no_file_or_folder_is_named_for_nothing() -> None:
    names = {part for path in FILES for part in path.relative_to(SRC).with_suffix("").parts}
    assert not names & BANNED_NAMES


def test_every_room_says_what_it_is_for() -> None:
    for room in sorted({path.relative_to(SRC).parts[0] for path in FILES if len(path.relative_to(SRC).parts) > 1}):
        if room != "locale":
            assert ast.get_docstring(tree_of(SRC / room / "__init__.py")), (
                f"{room}/__init__.py: one line on its purpose"
            )


@pytest.mark.parametrize(
    "path",
    [p for p in FILES if p.relative_to(SRC).parts[0] in LABELLED_ROOMS and p.name != "__init__.py"],
    ids=name_of,
)
def test_the_docstring_of_a_method_carries_the_method(path: Path) -> None:
    """In measures, stats and findings a file's public functions say input, output, unit, open end, errors, source."""
    for node in tree_of(path).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        doc = ast.get_docstring(node) or ""
        missing = [label for label in LABELS if f"\n{label}" not in f"\n{doc}"]
        assert not missing or (len(missing) == len(LABELS) and is_small(node)), f"{node.name}: add {', '.join(missing)}"


def is_small(node: ast.FunctionDef) -> bool:
    """A function of a few lines may say it in one line."""
    return (node.end_lineno or node.lineno) - node.lineno <= 14


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_tests_import_no_private_names(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("otklik"):
            private = [alias.name for alias in node.names if alias.name.startswith("_")]
            assert not private, f"{private} is private"


@pytest.mark.parametrize("path", [p for p in TESTS if p.name.startswith("test_")], ids=name_of)
def test_every_test_asserts_something(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            assert any(can_fail(inner) for inner in ast.walk(node)), f"{node.name} cannot fail"


def can_fail(node: ast.AST) -> bool:
    """An assert, pytest.raises, or a call of something named assert... / check... / expect..."""
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in ("raises", "fail") or name.startswith(("assert_", "check_", "expect_"))
    return False
