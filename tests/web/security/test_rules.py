"""Rules of the sources that hold the defences up: a line that would open a door fails here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "otklik"
WRITES_MARKUP = {
    "charts/speech.py": "sentences with figures in bold; the facts are escaped one by one",
    "report/page.py": "our stylesheet, and pictures drawn by Vega, which escapes",
    "web/goals/drawing.py": "a picture that the report wrote, whose templates escape",
    "web/speed/showing.py": "a section that the report wrote, whose templates escape",
    "web/speed/templates/speed/_part.html": "the same, kept ready",
    "web/sharing/templates/sharing/shared.html": "the same, for a link",
    "web/sharing/templates/sharing/mail/brief.html": "plain text, sent as such to a chat",
    "web/sharing/templates/sharing/mail/plain.html": "a letter of plain text",
}
"""Where text becomes markup without being escaped, and why it may."""
MARKUP = re.compile(
    r"\bMarkup\(|\bmark_safe\(|\bformat_html\(|\bSafeString\(|\|\s*safe\b|autoescape\s+false|\bautoescape=False"
)
WITHOUT_FORM_TOKEN = {
    "web/sharing/views/digests.py": "one click in a mail program stops a digest; the signed key is the proof",
    "web/sources/views/receiving.py": "large uploads: the token is checked inside, once it is settled where files go",
}
FORBIDDEN_CALLS = {"eval", "exec", "compile"}
FORBIDDEN_NAMES = {"RawSQL", "csrf_exempt", "pickle", "marshal", "shelve"}


def sources(*endings: str, under: Path = PACKAGE) -> list[Path]:
    return sorted(path for ending in endings for path in under.rglob(f"*{ending}"))


def trees(under: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sources(".py", under=under):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def unsafe_markup(text: str) -> bool:
    return bool(MARKUP.search(re.sub(r"#.*", "", text)))


def test_markup_is_written_only_where_it_is_named() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in sources(".py", ".html")
        if unsafe_markup(path.read_text("utf-8"))
    }
    assert found == set(WRITES_MARKUP)


@pytest.mark.parametrize("line", ["{{ name|safe }}", "Markup(text)", "mark_safe(text)", "{% autoescape false %}"])
def test_the_rule_for_markup_sees_it(line: str) -> None:
    assert unsafe_markup(line)


def form_faults(tree: ast.Module) -> list[str]:
    """Forms that take whatever a model has."""
    faults = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or node.name != "Meta":
            continue
        for line in node.body:
            for target in line.targets if isinstance(line, ast.Assign) else []:
                name = target.id if isinstance(target, ast.Name) else ""
                if name == "exclude" or (name == "fields" and not isinstance(line.value, ast.Tuple | ast.List)):
                    faults.append(name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value == "__all__":
            faults.append("__all__")
    return faults


def test_forms_name_their_fields_one_by_one() -> None:
    assert {name: faults for name, tree in trees(PACKAGE / "web") if (faults := form_faults(tree))} == {}


@pytest.mark.parametrize("meta", ['fields = "__all__"', 'exclude = ("role",)', "fields = EVERY"])
def test_the_rule_for_forms_sees_it(meta: str) -> None:
    assert form_faults(ast.parse(f"class F:\n    class Meta:\n        model = M\n        {meta}\n"))


def code_faults(tree: ast.Module) -> list[str]:
    """Ways by which words of strangers could become code, queries or names of fields."""
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if isinstance(node.func, ast.Name) and called in FORBIDDEN_CALLS:
                faults.append(called)
            if called in ("raw", "extra") and isinstance(node.func, ast.Attribute):
                faults.append(f".{called}(")
            faults += [f"**{ast.unparse(k.value)}" for k in node.keywords if k.arg is None and _of_request(k.value)]
            faults += [f"{k.arg}={ast.unparse(k.value)}" for k in node.keywords if _switches_off(k)]
        if isinstance(node, ast.Name | ast.alias):
            name = node.id if isinstance(node, ast.Name) else node.name.rpartition(".")[2]
            faults += [name] if name in FORBIDDEN_NAMES else []
    return faults


def _of_request(node: ast.expr) -> bool:
    return bool(re.search(r"\b(GET|POST|FILES|COOKIES|headers|META)\b", ast.unparse(node)))


def _switches_off(keyword: ast.keyword) -> bool:
    off = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
    on = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
    return (keyword.arg in ("verify", "check_hostname") and off) or (keyword.arg == "shell" and on)


def test_no_words_of_strangers_become_code_or_names() -> None:
    found = {name: set(faults) for name, tree in trees(PACKAGE / "web") if (faults := code_faults(tree))}
    assert found == {name: {"csrf_exempt"} for name in WITHOUT_FORM_TOKEN}


@pytest.mark.parametrize(
    "line",
    ["Q(**request.GET)", "x.filter(**request.POST.dict())", "X.objects.raw(q)", "eval(a)", "run(c, shell=True)",
     "get(u, verify=False)", "import pickle", "from a import csrf_exempt"],
)  # fmt: skip
def test_the_rule_for_code_sees_it(line: str) -> None:
    assert code_faults(ast.parse(line))


def test_what_is_installed_is_named_by_its_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    named = re.findall(r"^([a-z0-9][\w.-]*)==[^\s\\]+", lock, re.M)
    blocks = re.split(r"(?m)^(?=[a-z0-9][\w.-]*==)", lock)[1:]
    assert len(named) >= 20
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "--require-hashes -r requirements.lock" in (ROOT / "Makefile").read_text("utf-8")
