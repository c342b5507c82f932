from otklik.charts import Speech
from otklik.report.sections.where import ours, where
from otklik.schemas.results import TimePart
from tests.report.fabricated import shop, tiny

EN = Speech("en")


def test_whose_turn_it_was_and_what_it_hides():
    section = where(shop(), EN)
    lead = " ".join(map(str, section.lead))
    assert "For 61% of the time between asking and solved the next move was ours." in lead
    assert "64% of our part passed while we were closed." in lead
    cards = next(block for block in section.blocks if block.kind == "cards").cards
    assert [str(card.value) for card in cards] == ["64%", "27%", "214", "390"]


def test_steps_and_teams_that_hold_the_time():
    parts = [TimePart(part="Billing", total_s=9.0, share=0.9), TimePart(part="Desk", total_s=1.0, share=0.1)]
    more = shop().where.model_copy(update={"by_team": parts, "by_step": parts, "turns": []})
    section = where(shop().model_copy(update={"where": more}), EN)
    assert [block.uid for block in section.blocks] == ["bysteps", "byteams"] and ours(more) is None


def test_a_record_without_pauses_says_so():
    all_ours = shop().where.turns[0].model_copy(update={"share": 1.0})
    alone = shop().where.model_copy(update={"turns": [all_ours], "unassigned_share": 0.001, "out_of_hours_share": None})
    lead = " ".join(map(str, where(shop().model_copy(update={"where": alone}), EN).lead))
    assert "no pauses" in lead and "nobody had taken" not in lead


def test_nothing_known():
    assert "cannot tell" in where(tiny(), EN).lead[0]


def test_a_sentence_begins_with_a_capital():
    part = TimePart(part="waiting_on_customer", total_s=10.0, share=1.0)
    bare = {"turns": [part], "out_of_hours_share": None, "unassigned_share": None, "by_step": [], "by_team": []}
    section = where(shop().model_copy(update={"where": shop().where.model_copy(update=bare)}), EN)
    assert section.lead == ["Most of the time: waiting on the customer."]
