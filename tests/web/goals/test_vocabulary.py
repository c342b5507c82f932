"""The words of the company: chosen once, seen in menu, headings and buttons; programs and files keep the plain ones."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.text import Words
from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, AuditEntry, Company, Scope, User
from otklik.web.goals.forms.words import GOAL_IN
from otklik.web.goals.models import Cycle, Objective
from otklik.web.vocabulary import METHODS, NOUNS, Vocabulary, heard, speaking
from otklik.web.words import say, with_method
from tools.catalogue import vocabularies

BENT = re.compile(r"\b[Цц]ел(?:ь|и|ей|ям|ями|ях|ью)\b|\b[Gg]oals?\b")


@pytest.fixture
def browser(client: Client, boss: User) -> Client:
    client.force_login(boss)
    return client


def spoken_of(browser: Client, boss: User, language: str, vocabulary: dict[str, str]) -> Callable[[str], str]:
    """Read pages in a language and in these words."""
    boss.language = language
    boss.save()
    Company.objects.update(vocabulary=vocabulary)

    def read(address: str) -> str:
        answer = browser.get(address)
        assert answer.status_code == 200
        return html.unescape(answer.content.decode())

    return read


def headings(page: str) -> str:
    """Title, headings, menu, crumbs, tabs, buttons, labels: what the words are for."""
    parts = re.findall(
        r"<(title|h1|h2|nav|legend|label|button)\b[^>]*>(.*?)</\1>"
        r"|<(?:p class=\"crumbs\"|ul class=\"tabs\")>(.*?)</(?:p|ul)>"
        r"|<a class=\"button[^>]*>(.*?)</a>",
        page, re.S,
    )  # fmt: skip
    assert len(parts) > 5
    return re.sub(r"<[^>]+>", " ", " | ".join(" ".join(part[1:]) for part in parts))


CASES = [
    ("ru", {"ru": "task"}, ("Задачи", "Записать задачу", "Изменить задачу", "Новая задача", "Чья задача")),
    ("en", {"en": "objective"},
     ("Objectives", "Write an objective", "Change the objective", "A new objective", "Whose objective")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "chosen", "told"), CASES)
def test_the_main_pages_speak_the_chosen_word(
    language: str, chosen: dict[str, str], told: tuple[str, ...], browser: Client, boss: User, cycle: Cycle,
    objective: Objective,
) -> None:  # fmt: skip
    read = spoken_of(browser, boss, language, chosen)
    many, write, change, new, whose = told
    pages = {
        reverse("goals"): (many,),
        reverse("cycle", args=[cycle.pk]): (many, write),
        reverse("objective", args=[objective.pk]): (many, change),
        reverse("objective_new", args=[cycle.pk]): (many, new, whose),
        reverse("objective_edit", args=[objective.pk]): (many, change, whose),
    }
    for address, wanted in pages.items():
        seen = headings(read(address))
        assert [word for word in wanted if word not in seen] == [], address
        assert BENT.findall(seen) == [], f"{address} still says the plain word"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_without_a_choice_and_in_the_other_language_nothing_changes(
    language: str, browser: Client, boss: User, cycle: Cycle
) -> None:
    other = {"en": {"ru": "task"}, "ru": {"en": "objective"}}[language]
    plain = spoken_of(browser, boss, language, {})(reverse("goals"))
    assert Words(language).say("Goals") in headings(plain)
    assert headings(spoken_of(browser, boss, language, other)(reverse("goals"))) == headings(plain)


@pytest.mark.parametrize("method", METHODS)
def test_the_short_name_stands_beside_the_title_and_in_the_menu(method: str, browser: Client, boss: User) -> None:
    page = spoken_of(browser, boss, "ru", {"method": method, "ru": "task"})(reverse("goals"))
    assert f"<h1>Задачи ({method})</h1>" in page and f"<title>Задачи ({method})" in page
    assert page.count(f"Задачи ({method})") >= 3
    assert method not in spoken_of(browser, boss, "ru", {})(reverse("goals"))


def test_owners_and_managers_choose_and_it_stands_in_the_trail(browser: Client, boss: User) -> None:
    address = reverse("goals_words")
    assert browser.post(address, {"method": "ЦКР", "en": "objective", "ru": "task"}).status_code == 302
    chosen = {"method": "ЦКР", "en": "objective", "ru": "task"}
    assert Company.ours().vocabulary == chosen
    assert browser.post(address, chosen).status_code == 302
    (entry,) = AuditEntry.objects.filter(verb="goals.words-set")
    assert (entry.facts, entry.by) == ({"before": {}, "after": chosen}, boss)
    page = browser.get(address).content.decode()
    assert page.count(" selected") >= 3
    assert browser.post(address, {"method": "KPI"}).status_code == 422
    assert browser.post(address, {"ru": "objective"}).status_code == 422
    assert Company.ours().vocabulary == chosen
    assert browser.post(address, {}).status_code == 302
    assert Company.ours().vocabulary == {}


def test_only_they_are_led_there(client_of: Callable[..., Client]) -> None:
    for role, is_led in ((Role.MANAGER, True), (Role.ANALYST, False), (Role.VIEWER, False)):
        assert (reverse("goals_words") in client_of(role).get(reverse("goals_school")).text) is is_led


def test_programs_strangers_and_files_hear_the_plain_word(
    browser: Client, boss: User, cycle: Cycle, objective: Objective, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 10, 15, 9, tzinfo=UTC), tick=False)

    def answers() -> Iterator[Any]:
        token = ApiToken.make(boss, "t", [Scope.READ])[1]
        program = Client(headers={"authorization": f"Bearer {token}", "accept-language": "ru"})
        found = program.get(f"/api/v1/goals/cycles/{cycle.pk}")
        assert found.status_code == 200
        yield found.content
        yield Client(headers={"accept-language": "ru"}).get(reverse("account_login")).text.replace("\n", "")[:500]
        yield browser.get(reverse("cycle_file", args=[cycle.pk, "csv"])).content

    boss.language = "ru"
    boss.save()
    plain = list(answers())
    Company.objects.update(vocabulary={"method": "ЦКР", "ru": "task"})
    assert list(answers()) == plain


def test_the_words_are_read_once_a_page(browser: Client, cycle: Cycle, objective: Objective) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    Company.objects.update(vocabulary={"en": "objective"})
    with CaptureQueriesContext(connection) as seen:
        browser.get(reverse("cycle", args=[cycle.pk]))
    asked = [one["sql"] for one in seen if re.match(r'SELECT "accounts_company"."vocabulary" (AS|FROM)', one["sql"])]
    assert len(asked) == 1


def test_the_words_end_with_the_request(browser: Client) -> None:
    Company.objects.update(vocabulary={"en": "objective", "method": "OKR"})
    browser.get(reverse("goals"))
    assert heard() == Vocabulary() and say("Goals") == with_method("Goals") == "Goals"


def test_words_nest_and_come_back() -> None:
    with speaking(Vocabulary(nouns={"en": "objective"})):
        assert say("Goals") == "Objectives"
        with pytest.raises(ZeroDivisionError), speaking(Vocabulary(method="OKR")):
            assert with_method(say("Goals")) == "Goals (OKR)"
            raise ZeroDivisionError
        assert say("Goals") == "Objectives"


def test_every_noun_has_its_words_and_its_choice() -> None:
    files = {path.stem for path in vocabularies()}
    assert files == {f"{language}_{noun}" for language, known in NOUNS.items() for noun in known}
    offered = {language: tuple(key for key, _ in choices if key) for language, choices in GOAL_IN.items()}
    assert offered == dict(NOUNS)


def test_no_vocabulary_says_the_plain_word_by_mistake() -> None:
    for path, said in vocabularies().items():
        for message in said.values():
            texts = [message.string] if isinstance(message.string, str) else list(message.string)
            assert [text for text in texts if BENT.search(text)] == [], path.name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["task", "objective", *METHODS]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["method", "en", "ru", "x"]), inner),
    max_leaves=6,
)


@given(JSON)
def test_whatever_is_kept_is_read_and_kept_again(told: Any) -> None:
    read = Vocabulary.read(told)
    assert Vocabulary.read(read.kept()) == read
    assert read.method in ("", *METHODS) and all(noun in NOUNS[language] for language, noun in read.nouns.items())
