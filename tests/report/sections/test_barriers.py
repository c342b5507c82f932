from otklik.charts import Speech
from otklik.report.sections.barriers import barriers, some
from tests.report.fabricated import shop, tiny

EN = Speech("en")


def test_what_the_customer_had_to_climb_over():
    section = barriers(shop(), EN)
    lead = " ".join(map(str, section.lead))
    assert "1 in 10 customers has to write 4 times or more." in lead and "42% are solved with a single answer." in lead
    assert [block.uid for block in section.blocks if block.kind == "figure"] == ["effort", "paths", "ways"]


def test_the_share_with_at_least_one():
    assert some(shop().barriers.counts["reopens"]) == 390 / 5000


def test_two_steps_make_no_map_and_one_way_no_choice():
    simple = shop().barriers.model_copy(update={"nodes": shop().barriers.nodes[:2], "variants_in_all": 1, "counts": {}})
    section = barriers(shop().model_copy(update={"barriers": simple}), EN)
    assert not section.blocks and "The way from the first step" in section.lead[0]


def test_a_record_without_steps():
    assert "does not tell the steps" in barriers(tiny(), EN).lead[0]
