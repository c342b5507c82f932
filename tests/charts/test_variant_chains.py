import json
import re

from otklik.charts import variant_chains
from tests.charts.speakers import EN, RU, words_of
from tests.report.fabricated import shop


def test_the_way_is_a_chain_and_the_stall_stands_after_its_step():
    text = words_of(variant_chains(shop().barriers, EN, ""))
    assert text.index("Asked") < text.index("1 h 36 min") < text.index("Taken by a person")


def test_what_repeats_at_once_is_written_once():
    assert "Customer writes ×3" in words_of(variant_chains(shop().barriers, EN, ""))


def test_the_table_tells_where_each_way_stalls():
    rows = variant_chains(shop().barriers, EN, "").table.rows
    assert rows[0][4].replace("\u00a0", " ") == "after “Asked”: 1 h 36 min" and rows[2][4] == "–"


def test_a_step_that_comes_twice_stalls_where_it_stalls():
    twice = shop().barriers.variants[0].model_copy(
        update={"steps": ["created", "reply", "assigned", "reply", "resolved"], "stall_after": "reply", "stall_at": 3,
                "stall_median_s": 7200.0}
    )  # fmt: skip
    only = shop().barriers.model_copy(update={"variants": [twice]})
    written = re.findall(r'"(Asked|We answer|Taken by a person|Solved|2 h)"', words_of(variant_chains(only, EN, "")))
    assert written[:6] == ["Asked", "We answer", "Taken by a person", "We answer", "2 h", "Solved"]


def test_how_many_and_how_fast_is_never_cut_on_a_phone():
    barriers = shop().barriers
    first = barriers.variants[0].model_copy(update={"n": 7680, "median_s": 99 * 3600.0 + 1620})
    picture = variant_chains(barriers.model_copy(update={"variants": [first]}), RU, "")
    narrow = json.dumps(picture.narrow, ensure_ascii=False)
    assert "…" not in narrow and "половина за" in narrow
