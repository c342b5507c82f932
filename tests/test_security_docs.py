"""Every threat has a defence and a proof that exists; every requirement that is claimed has one too."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs" / "security"
THREATS = (1, 3, 4, 5, *range(10, 21), *range(22, 28))
PROOF = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
CHAPTERS = range(1, 18)


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def rows(page: str) -> list[list[str]]:
    """The rows of the tables of a page, cell by cell."""
    lines = (DOCS / page).read_text("utf-8").splitlines()
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [cells for cells in told if re.match(r"\d", cells[0])]


@pytest.mark.parametrize("page", ["README.md", "asvs.md"])
def test_every_proof_is_a_test_that_exists(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    named = PROOF.findall(text)
    assert len(named) >= 40
    assert len(named) == text.count("::"), "each proof is written as `tests/file.py::test_name`"
    missing = [f"{path}::{name}" for path, name in named if not (ROOT / path).exists() or name not in names_in(path)]
    assert missing == []


def test_every_threat_has_one_row_with_a_defence_and_a_proof() -> None:
    told = {int(cells[0]): cells for cells in rows("README.md")}
    assert len(told) == len(rows("README.md"))
    assert set(told) == set(THREATS)
    for number, (_, threat, defence, proof) in told.items():
        assert len(threat) > 10 and len(defence) > 20, number
        assert PROOF.search(proof), f"{number} has no proof"


def test_every_requirement_that_is_claimed_has_a_proof() -> None:
    told = rows("asvs.md")
    numbers = [cells[0] for cells in told]
    assert len(numbers) == len(set(numbers)) >= 60
    for number, level, _text, proof in told:
        assert re.fullmatch(r"\d+\.\d+\.\d+", number) and int(number.split(".")[0]) in CHAPTERS
        assert level in ("1", "2", "3"), number
        assert PROOF.search(proof), f"{number} has no proof"
