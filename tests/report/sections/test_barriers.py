from otklik.charts import Speech
from otklik.charts.path_map import stalls
from otklik.report.sections.barriers import barriers, some
from otklik.schemas.results import Count
from tests.report.fabricated import shop, tiny

EN, RU = Speech("en"), Speech("ru")


def test_what_the_customer_had_to_climb_over():
    section = barriers(shop(), EN)
    lead = " ".join(map(str, section.lead))
    assert (
        "48% of the customers had to write more than once." in lead and "42% are solved with a single answer." in lead
    )
    assert [block.uid for block in section.blocks if block.kind == "figure"] == ["effort", "paths", "ways"]


def test_the_share_with_at_least_one():
    assert some(shop().barriers.counts["reopens"]) == 390 / 5000


def test_two_steps_make_no_map_and_one_way_no_choice():
    simple = shop().barriers.model_copy(update={"nodes": shop().barriers.nodes[:2], "variants_in_all": 1, "counts": {}})
    section = barriers(shop().model_copy(update={"barriers": simple}), EN)
    assert not section.blocks and "The way from the first step" in section.lead[0]


def test_a_record_without_steps():
    assert "does not tell the steps" in barriers(tiny(), EN).lead[0]


def test_a_share_is_counted_and_not_read_off_a_percentile():
    """Nine in ten write twice or less, and yet 41 of 100 write more than once."""
    wrote = Count(n=100, total=150, median=1, p90=2, by_value={1: 59, 2: 36, 3: 5})
    result = shop().barriers.model_copy(update={"counts": {"customer_messages": wrote}})
    lead = " ".join(map(str, barriers(shop().model_copy(update={"barriers": result}), EN).lead))
    assert lead == "41% of the customers had to write more than once."
    assert some(wrote, 2) == 0.41
    in_russian = " ".join(map(str, barriers(shop().model_copy(update={"barriers": result}), RU).lead))
    assert in_russian.replace("\u00a0", " ") == "41 % клиентов пришлось писать больше одного раза."


def test_of_a_handful_no_half_is_told():
    one = Count(n=1, total=1, median=1, p90=1, by_value={1: 1})
    result = shop().barriers.model_copy(update={"counts": {"customer_messages": one}})
    blocks = barriers(shop().model_copy(update={"barriers": result}), EN).blocks
    assert blocks[0].picture.title == "How many of each it takes"


def test_time_after_the_end_is_no_stall():
    late = [edge.model_copy(update={"lost_s": 0.0}) for edge in shop().barriers.edges[:1]]
    edges = [*late, *shop().barriers.edges[1:]]
    assert late[0] not in stalls(shop().barriers.model_copy(update={"edges": edges}))


def test_nearly_all_is_said_in_words():
    passed = Count(n=4580, total=9000, median=2, p90=3, by_value={0: 1, 2: 4579})
    result = shop().barriers.model_copy(update={"counts": {"handoffs": passed}})
    assert barriers(shop().model_copy(update={"barriers": result}), RU).lead == [
        "Почти все хотя бы раз передают другим."
    ]


def test_two_moves_are_no_worst_stall():
    few = [edge.model_copy(update={"n": 2}) for edge in shop().barriers.edges]
    report = shop().model_copy(update={"barriers": shop().barriers.model_copy(update={"edges": few})})
    assert "The paths, step by step" in [
        block.picture.title for block in barriers(report, EN).blocks if block.kind == "figure"
    ]
