"""The map and the tree: every goal once, helpers to the right, circles do no harm."""

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from otklik.charts.canvas import text_width
from otklik.web.goals.contribution_map import BOX_HEIGHT, BOX_WIDTH, depths, draw_map, wrapped
from otklik.web.goals.tree import Branch, grow

LINKS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14)


def goal(pk: int, level: str = "team") -> Any:
    return SimpleNamespace(row=SimpleNamespace(pk=pk, level=level, title=f"Goal {pk}", team="Support"))


def goals(n: int = 7) -> list[Any]:
    return [goal(pk) for pk in range(n)]


def all_of(branches: list[Branch]) -> list[int]:
    return [pk for one in branches for pk in (one.stands.row.pk, *all_of(one.helpers))]


@given(LINKS)
def test_every_goal_stands_in_the_tree_once_whoever_helps_whom(links: list[tuple[int, int]]) -> None:
    tree = grow(goals(), [(a, b) for a, b in links if a != b])
    assert sorted(all_of([*tree.branches, *tree.orphans, *tree.personal])) == list(range(7))


def test_orphans_are_those_that_help_nothing_while_the_company_has_goals() -> None:
    company, helper, lost, mine = goal(1, "company"), goal(2), goal(3), goal(4, "personal")
    tree = grow([company, helper, lost, mine], [(2, 1)])
    assert (all_of(tree.branches), all_of(tree.orphans), all_of(tree.personal)) == ([1, 2], [3], [4])
    assert all_of(grow([helper, lost], []).branches) == [2, 3]


def test_what_a_goal_helps_besides_is_told() -> None:
    tree = grow([goal(1, "company"), goal(2, "company"), goal(3)], [(3, 1), (3, 2)])
    (helper,) = tree.branches[0].helpers
    assert [one.row.pk for one in helper.also] == [2]


@given(LINKS)
def test_a_map_holds_all_its_boxes_apart(links: list[tuple[int, int]]) -> None:
    links = [(a, b) for a, b in links if a != b]
    drawn = draw_map([grade(one) for one in goals()], links)
    if drawn is None:
        assert not links
        return
    places = {(box.x, box.y) for box in drawn.boxes}
    assert len(places) == len(drawn.boxes) == len({pk for link in links for pk in link})
    for x, y in places:
        assert 0 <= x <= drawn.width - BOX_WIDTH and 0 <= y <= drawn.height - BOX_HEIGHT
        assert not [p for p in places if p[0] == x and 0 < abs(p[1] - y) < BOX_HEIGHT]


def grade(one: Any) -> Any:
    one.grade = SimpleNamespace(value=None, colour=None)
    return one


def test_helpers_stand_a_column_further() -> None:
    assert depths([1, 2, 3, 4], [(2, 1), (3, 2), (4, 1)]) == {1: 0, 2: 1, 3: 2, 4: 1}


@given(st.text(max_size=200))
def test_lines_fit_their_box(text: str) -> None:
    lines = wrapped(text, 190)
    assert len(lines) <= 3
    assert all(text_width(line, 12.5) <= 190 for line in lines)
