"""The words: every marked text has its Russian, nothing is fuzzy or said in two ways, the compiled files are fresh."""

import gettext
from pathlib import Path

import pytest

from tools.catalogue import fragments, main, marked, outputs, problems

PLURALS = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n'
    f'"Plural-Forms: {PLURALS}\\n"\n\n'
)
SOURCE = """
x = N_("one " "text")
y = words.say("%(n)s left", n=1)
z = words.count("%(n)s dog", "%(n)s dogs", 2)
"a".count("b")
b"a".count(b"b")
"""
ROOM = """
msgid "one text"
msgstr "один текст"

msgid "%(n)s left"
msgstr "осталось %(n)s"

msgid "%(n)s dog"
msgid_plural "%(n)s dogs"
msgstr[0] "%(n)s пёс"
msgstr[1] "%(n)s пса"
msgstr[2] "%(n)s псов"
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of one source, one template and two rooms."""
    package = tmp_path / "otklik"
    (package / "templates").mkdir(parents=True)
    (package / "locale" / "ru").mkdir(parents=True)
    (package / "a.py").write_text(SOURCE)
    (package / "templates" / "page.html").write_text('<p>{{ say("in a template") }}</p>')
    (package / "locale" / "ru" / "a.po").write_text(HEAD + ROOM)
    (package / "locale" / "ru" / "b.po").write_text(HEAD + 'msgid "in a template"\nmsgstr "в шаблоне"\n')
    return package


def compile_words(package: Path) -> None:
    for path, content in outputs(package).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_the_words_of_the_project_are_complete():
    assert problems() == []


def test_texts_are_found_in_sources_and_templates(package: Path):
    assert set(marked(package)) == {"one text", "%(n)s left", ("%(n)s dog", "%(n)s dogs"), "in a template"}


def test_a_fresh_catalogue_has_no_problems_and_a_changed_one_is_stale(package: Path):
    compile_words(package)
    assert problems(package) == []
    room = package / "locale" / "ru" / "b.po"
    room.write_text(room.read_text().replace("в шаблоне", "внутри шаблона"))
    assert [problem.split(" is ")[1] for problem in problems(package)] == ["stale: run python -m tools.catalogue"] * 2


def test_a_text_without_russian_is_named_with_its_place(package: Path):
    (package / "b.py").write_text('N_("quite new")')
    compile_words(package)
    assert problems(package) == ["otklik/b.py:1: no Russian for 'quite new'"]


@pytest.mark.parametrize(("entry", "fault"), [
    ('msgid "one text"\nmsgstr "другое"', "translated otherwise"),
    ('#, fuzzy\nmsgid "new"\nmsgstr "новое"', "fuzzy"),
    ('msgid "new"\nmsgstr ""', "not translated"),
    ('msgid "new %(n)s"\nmsgstr "новое %(m)s"', "its places are"),
    ('msgid "%(n)s of 100%%"\nmsgstr "%(n)s из 100 %"', "a bare %"),
])  # fmt: skip
def test_faults_of_a_fragment(package: Path, entry: str, fault: str):
    (package / "locale" / "ru" / "c.po").write_text(f"{HEAD}{entry}\n")
    assert any(fault in wrong for wrong in fragments(package / "locale")[1])


def say_otherwise(package: Path, entry: str) -> None:
    folder = package / "locale" / "vocabulary"
    folder.mkdir()
    (folder / "ru_other.po").write_text(f"{HEAD}{entry}\n")
    compile_words(package)


def test_a_vocabulary_is_compiled_beside_its_source(package: Path):
    say_otherwise(package, 'msgid "one text"\nmsgstr "иной текст"')
    assert problems(package) == []
    with (package / "locale" / "vocabulary" / "ru_other.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("one text") == "иной текст"
    (package / "locale" / "vocabulary" / "ru_other.mo").write_bytes(b"")
    assert [problem.split(" is ")[1] for problem in problems(package)] == ["stale: run python -m tools.catalogue"]


@pytest.mark.parametrize(("entry", "fault"), [
    ('msgid "no such text"\nmsgstr "нет такого"', "is said nowhere"),
    ('msgid "%(n)s dog"\nmsgstr "%(n)s пёс"', "is said nowhere"),
    ('msgid "%(n)s left"\nmsgstr "осталось %(m)s"', "its places are"),
    ('#, fuzzy\nmsgid "one text"\nmsgstr "иной"', "fuzzy"),
])  # fmt: skip
def test_a_vocabulary_says_only_what_is_said_and_with_its_places(package: Path, entry: str, fault: str):
    say_otherwise(package, entry)
    assert [problem for problem in problems(package) if fault in problem]


def test_the_command_says_whether_it_is_well(capsys: pytest.CaptureFixture[str]):
    assert main(["--check"]) == int(bool(problems()))
    assert capsys.readouterr().out
