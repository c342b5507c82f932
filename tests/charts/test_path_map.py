import json
import re

from otklik.charts import path_map
from otklik.charts.path_map import stalls
from otklik.schemas.results import Barriers, PathEdge, PathNode
from tests.charts.speakers import EN, RU, words_of
from tests.report.fabricated import shop


def way(*moves: tuple[str, str, int, float]) -> Barriers:
    steps = {step: n for a, b, n, _ in moves for step in (a, b)}
    edges = [PathEdge(start=a, end=b, n=n, median_s=s, p90_s=s, total_s=n * s, lost_s=n * s) for a, b, n, s in moves]
    nodes = [PathNode(step=step, n=n) for step, n in steps.items()]
    return Barriers(counts={}, nodes=nodes, edges=edges, variants=[], variants_in_all=0)


def test_a_stall_is_where_most_time_is_lost_and_never_after_the_end():
    barriers = way(("created", "reply", 10, 100.0), ("reply", "resolved", 10, 5.0), ("resolved", "closed", 10, 9999.0))
    assert [(edge.start, edge.end) for edge in stalls(barriers)] == [("created", "reply")]


def test_moves_forward_back_and_round_are_drawn():
    barriers = way(("a", "b", 9, 1.0), ("b", "c", 9, 5.0), ("a", "c", 4, 1.0), ("c", "a", 3, 1.0), ("b", "b", 2, 1.0))
    picture = path_map(barriers, EN, "")
    assert len(picture.table.rows) == 5
    assert "half over 5 s, 1 in 10 over 5 s, 9 times" in words_of(picture)


def test_rare_moves_are_left_to_the_table():
    barriers = way(("a", "b", 1000, 1.0), ("b", "c", 1000, 1.0), ("b", "rare", 1, 0.0))
    picture = path_map(barriers, EN, "")
    assert '"rare"' not in words_of(picture) and len(picture.table.rows) == 3


def test_no_more_steps_than_can_be_read():
    many = way(*[(f"s{i}", f"s{i + 1}", 100, 1.0) for i in range(30)])
    names = {f'"s{i}"' for i in range(31)}
    assert sum(name in words_of(path_map(many, EN, "")) for name in names) <= 12


def test_the_shop_has_four_numbered_stalls():
    barriers = shop().barriers
    assert barriers is not None and 1 <= len(stalls(barriers)) <= 4


def test_a_request_that_was_deleted_or_merged_stalled_nowhere():
    assert stalls(way(("created", "deleted", 10, 99.0), ("created", "reply", 10, 1.0)))[0].end == "reply"


def test_on_a_phone_how_long_and_how_often_are_both_readable():
    """Long Russian lines go on two lines and are not cut off."""
    words = words_of(path_map(shop().barriers, RU, ""))
    assert "половина дольше" in words and " раз" in words
    narrow = json.dumps(path_map(shop().barriers, RU, "").narrow, ensure_ascii=False).replace("\u00a0", " ")
    assert re.search(r'"половина дольше [^…"]+"', narrow) and not re.search(r"дольше[^\"]*…", narrow)


def test_a_step_that_no_drawn_move_touches_is_not_drawn():
    barriers = way(("a", "b", 1000, 1.0), ("b", "c", 1000, 1.0), ("b", "alone", 5, 0.0))
    nodes = [node.model_copy(update={"n": 500}) for node in barriers.nodes]
    assert '"alone"' not in words_of(path_map(barriers.model_copy(update={"nodes": nodes}), EN, ""))
