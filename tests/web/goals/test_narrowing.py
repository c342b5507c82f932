"""The page of a cycle shows the goals one asks for; what was asked stands in the address and in the links."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.models import Contribution, Cycle, Objective
from otklik.web.goals.tree import Branch, Tree, cut

Goal = Callable[..., Objective]
TITLES = ("Nobody waits", "Support answers", "Orders arrive", "Seconds help")


@pytest.fixture
def anna(person: Callable[..., User]) -> User:
    return person(Role.MEMBER, "Orders", email="anna@example.org")


@pytest.fixture
def page(cycle: Cycle, goal: Goal, boss: User, anna: User) -> Callable[..., str]:
    """A goal of the company, two of teams that help it, and one that helps Support; the page as it is asked for."""
    top = goal("Nobody waits", level="company", team="", owner=boss)
    support, orders = goal("Support answers", team="Support"), goal("Orders arrive", team="Orders", owner=anna)
    second = goal("Seconds help", team="Second line", owner=None)
    for helper, helped in ((support, top), (orders, top), (second, support)):
        Contribution.objects.create(contributor=helper, helped=helped)

    def look(query: str = "", by: User = boss) -> str:
        client = Client()
        client.force_login(by)
        return str(client.get(reverse("cycle", args=[cycle.pk]) + query).content.decode())

    return look


def shown(page: str) -> set[str]:
    return {title for title in TITLES if f'">{title}</a>\n' in page}


def test_everything_is_shown_where_nothing_is_asked(page: Callable[..., str]) -> None:
    assert shown(page()) == shown(page("?team=&level=&owner=")) == set(TITLES)
    assert "goals are shown" not in page()


def test_goals_of_a_team_a_level_a_person(page: Callable[..., str], anna: User) -> None:
    assert shown(page("?team=Support")) == {"Support answers"}
    assert shown(page("?level=company")) == {"Nobody waits"}
    assert shown(page(f"?owner={anna.pk}")) == {"Orders arrive"}
    assert shown(page(f"?owner={anna.pk}&level=team&team=Orders")) == {"Orders arrive"}
    assert "1 of 4 goals are shown." in page("?team=Support")


def test_the_choice_is_offered_and_kept_in_form_and_links(page: Callable[..., str], cycle: Cycle, anna: User) -> None:
    found = page("?team=Second+line")
    assert '<option value="Second line" selected>' in found and f'<option value="{anna.pk}">' in found
    assert f'href="{reverse("goals_week", args=[cycle.pk])}?team=Second+line"' in found
    client = Client()
    client.force_login(anna)
    week = client.get(reverse("goals_week", args=[cycle.pk]) + "?team=Second+line").content.decode()
    assert f'href="{reverse("cycle", args=[cycle.pk])}?team=Second+line"' in week, "the way back"


@pytest.mark.parametrize("query", ["?team=Nobody", "?owner=x", "?owner=999999999999999999999999", "?level=personal"])
def test_what_fits_nothing_is_said_and_not_shown_as_everything(page: Callable[..., str], query: str) -> None:
    found = page(query)
    assert shown(found) == set() and "No goal fits" in found and "Show everything" in found


def test_what_strangers_put_into_the_address_is_text(page: Callable[..., str]) -> None:
    assert "<script>x" not in page(f"?team={quote('<script>x')}&more={quote('<script>x')}")


def test_a_goal_is_not_called_useless_because_the_one_above_is_not_shown(page: Callable[..., str], goal: Goal) -> None:
    goal("Nobody asked for it", team="Orders")
    found = page("?team=Support")
    assert "These help no other goal" not in found
    assert "These help no other goal" in page("?team=Orders")
    assert "These help no other goal" not in page("?team=Second+line")


def test_personal_goals_of_others_are_not_even_counted(
    page: Callable[..., str], goal: Goal, anna: User, boss: User
) -> None:
    goal("Learn to listen", level="personal", team="", owner=anna)
    assert "Learn to listen" not in page(f"?owner={anna.pk}") and "1 of 4 goals" in page(f"?owner={anna.pk}")
    assert '<option value="personal">' not in page()
    own = page("?level=personal", by=anna)
    assert "Learn to listen" in own and "1 of 5 goals" in own


def test_where_there_is_nothing_to_choose_there_is_no_filter(cycle: Cycle, goal: Goal, boss: User) -> None:
    goal(), goal("Another")
    client = Client()
    client.force_login(boss)
    assert 'class="filters"' not in client.get(reverse("cycle", args=[cycle.pk])).content.decode()


def branch(told: Any) -> Branch:
    pk, below = told
    return Branch(SimpleNamespace(row=SimpleNamespace(pk=pk)), [branch(one) for one in below])  # type: ignore[arg-type]


def goals_in(branches: list[Branch]) -> list[int]:
    return [pk for one in branches for pk in (one.stands.row.pk, *goals_in(one.helpers))]


TREES = st.recursive(st.just([]), lambda below: st.lists(below, max_size=3), max_leaves=12)


def numbered(shape: list[Any], numbers: Any) -> list[Any]:
    return [(next(numbers), numbered(one, numbers)) for one in shape]


@given(st.tuples(TREES, TREES, TREES), st.sets(st.integers(0, 40)))
def test_a_cut_tree_holds_every_wanted_goal_once_and_no_other(shapes: tuple[Any, ...], wanted: set[int]) -> None:
    numbers = iter(range(10_000))
    whole = Tree(*([branch(one) for one in numbered(shape, numbers)] for shape in shapes))
    groups = lambda tree: goals_in([*tree.branches, *tree.orphans, *tree.personal])  # noqa: E731
    assert sorted(groups(cut(whole, wanted))) == sorted(pk for pk in groups(whole) if pk in wanted)
    assert {one.stands.row.pk for one in cut(whole, wanted).orphans} <= {one.stands.row.pk for one in whole.orphans}
    assert cut(whole, set(groups(whole))) == whole
