import re
from functools import cache
from html.parser import HTMLParser

import pytest

from otklik.report import render_figure, render_html, render_section, section
from otklik.schemas.log import ImportCount
from otklik.schemas.results import RecordQuality, Report
from tests.report.fabricated import every, nasty

NAMES = ("shop", "office", "tiny", "nasty")
QUESTIONS = ["fast", "waiting", "where", "when", "who", "change", "barriers", "longest", "quality"]
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Reader(HTMLParser):
    """Collects what a browser would see of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@cache
def page(name: str, language: str = "en") -> str:
    return render_html(every()[name], language)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_whole_and_well_formed(name: str):
    reader = read(page(name))
    assert not reader.wrong and not reader.open
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert [one for one in ids if one in QUESTIONS] == QUESTIONS


@pytest.mark.parametrize("name", NAMES)
def test_the_page_needs_no_network_and_no_script(name: str):
    reader = read(page(name))
    assert not [
        tag for tag, _ in reader.tags if tag in ("script", "iframe", "img", "object", "embed", "form", "foreignobject")
    ]
    links = [str(attrs[key]) for _, attrs in reader.tags for key in ("href", "src", "xlink:href") if key in attrs]
    assert all(link.startswith(("#", "data:,")) for link in links)
    assert "@import" not in page(name) and not re.search(r"url\((?!#)", page("shop"))


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_leads_somewhere(name: str):
    html = page(name)
    ids = set(re.findall(r' id="([^"]+)"', html))
    used = set(re.findall(r'="url\(#([^)]+)\)"', html)) | set(re.findall(r'href="#([^"]+)"', html))
    assert used <= ids
    variables = set(re.findall(r'="var\(--([a-z0-9-]+)\)"', html))
    assert all(f"--{name}:" in html for name in variables)


def test_no_word_of_a_record_becomes_markup():
    reader = read(page("nasty"))
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
    assert (
        "<script>alert" not in page("nasty")
        and "<img" not in page("nasty")
        and "49" not in "".join(word for word in reader.words if "{{" in word)
    )
    assert any("<script>alert(1)</script>" in word for word in reader.words)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", page("nasty"))


def test_the_policy_of_the_page_forbids_scripts_even_if_one_came_in():
    policy = next(
        attrs for tag, attrs in read(page("shop")).tags if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_pictures_are_described_and_come_with_their_numbers():
    reader = read(page("shop"))
    pictures = [attrs for tag, attrs in reader.tags if attrs.get("class") == "picture"]
    assert len(pictures) > 10
    assert all(attrs["role"] == "img" and len(str(attrs["aria-label"])) > 20 for attrs in pictures)
    assert page("shop").count("<details>") >= len(pictures)


def test_both_languages_say_everything_in_their_own_words():
    english, russian = page("shop"), page("shop", "ru")
    assert '<html lang="en">' in english and '<html lang="ru">' in russian
    assert "Half of the customers have an answer within" in english
    assert "Половина клиентов получает ответ за" in russian
    assert "5\u00a0000 обращений" in russian and "5,000 requests" in english


def test_a_log_of_steps_speaks_of_cases_from_start_to_finish():
    words = " ".join(read(page("office")).words)
    assert "Half of the cases are finished" in words and "From start to finish" in words
    assert "customers are waiting" not in words


def test_too_little_is_said_to_be_too_little():
    words = " ".join(read(page("tiny")).words)
    assert "There are too few requests to say how fast." in words and "too few to say" in words


def test_simulated_records_say_so_at_the_top():
    report = nasty()
    report = report.model_copy(update={"log": report.log.model_copy(update={"simulated": True})})
    html = render_html(every()["tiny"].model_copy(update={"log": report.log}), "ru")
    assert html.index("смоделированы") < html.index("<h1>")


def test_where_the_files_lie_is_not_told():
    report = every()["tiny"]
    log = report.log.model_copy(update={"files": ["/home/anna/secret/tickets.csv", "C:\\Users\\anna\\more.csv"]})
    html = render_html(report.model_copy(update={"log": log}), "en")
    assert "tickets.csv, more.csv" in html and "secret" not in html and "Users" not in html


def lone(report: Report, question: str) -> Report:
    """The report with the parts of one question alone."""
    empty = {"targets": [], "slices": [], "longest": [], "measures": {}}
    empty |= dict.fromkeys(("waiting", "where", "when", "trend", "barriers"))
    own = {"fast": ("measures", "targets"), "who": ("slices",), "change": ("trend",)}.get(question, (question,))
    hidden = {name: value for name, value in empty.items() if name not in own}
    if question != "quality":
        bare = {"count": ImportCount(read=0, kept=0, quarantined=0, duplicate=0), "littles_law": None}
        bare |= {"quarantine": {}, "states": {}, "signs": [], "guesses": [], "missing": []}
        hidden["quality"] = RecordQuality(**bare)
    return report.model_copy(update=hidden)


@cache
def alone(name: str, question: str) -> str:
    return render_section(section(every()[name], question, "en"), "en")


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("name", ["shop", "office"])
def test_a_section_needs_its_own_part_alone(name: str, question: str):
    few = lone(every()[name], question)
    assert render_section(section(few, question, "en"), "en") == alone(name, question)
    assert section(lone(few, "none of them"), question, "ru").lead, "it says that its part is missing"


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("name", NAMES)
def test_a_section_by_itself_is_the_one_of_the_page(name: str, question: str):
    numbered = re.sub(r'<span class="n" aria-hidden="true">\d</span>', "", page(name))
    assert alone(name, question).strip() in numbered


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("name", NAMES)
def test_a_section_may_stand_in_a_page_that_forbids_styles_and_scripts(name: str, question: str):
    reader = read(alone(name, question))
    assert not reader.wrong and not reader.open
    assert not [tag for tag, _ in reader.tags if tag in ("style", "script", "link", "foreignobject")]
    assert not [key for _, attrs in reader.tags for key in attrs if key == "style" or key.startswith("on")]


def test_a_section_of_the_page_speaks_the_language_asked_for():
    russian = render_section(section(every()["shop"], "waiting", "ru"), "ru")
    assert "В цифрах" in russian and "The numbers" not in russian


def test_one_picture_alone_has_its_words_and_its_numbers() -> None:
    figure = next(block for block in section(every()["shop"], "change", "en").blocks if block.kind == "figure")
    piece = render_figure(figure, "ru")
    assert piece.count('role="img"') == 1 and "<table" in piece and "В цифрах" in piece
    assert "<style" not in piece and "<h2" not in piece
