import pytest
from markupsafe import Markup, escape

from otklik.charts.speech import Sentence, Speech
from tests.report.fabricated import NASTY

EN, RU = Speech("en"), Speech("ru")
OFFICE = Speech("ru", is_process=True)


@pytest.mark.parametrize("nasty", NASTY)
def test_a_fact_from_a_record_stays_a_text(nasty: str):
    sentence = EN.say("Most time passes with “%(team)s”", team=nasty)
    assert escape(sentence) == escape(str(sentence))


def test_figures_are_bold_in_html_only():
    sentence = EN.say("within %(time)s", time=EN.format.duration(60))
    assert str(sentence) == "within 1\u00a0min"
    assert escape(sentence) == Markup("within <b>1\u00a0min</b>")


def test_a_text_without_facts_may_hold_a_percent_sign():
    assert EN.say("95% sure") == "95% sure" and RU.say("95% sure") == "С уверенностью 95\u00a0%"
    assert escape(Sentence.of("<b>", {})) == "&lt;b&gt;"


@pytest.mark.parametrize(("n", "said"), [(1, "1 дело"), (3, "3 дела"), (1434, "1 434 дела"), (5, "5 дел")])
def test_a_log_of_steps_has_cases(n: int, said: str):
    assert OFFICE.requests(n).replace("\u00a0", " ") == said


def test_intervals_in_words():
    assert EN.between(14_400, 16_800).replace("\u00a0", " ") == "between 4 h and 4 h 40 min"
    assert RU.between(3 * 86_400, None).replace("\u00a0", " ") == "не меньше 3 дн."
    assert EN.between(None, 60).replace("\u00a0", " ") == "at most 1 min"
    assert EN.between(None, None) == "" and EN.between(60, 61).replace("\u00a0", " ") == "between 1 min and 1 min 1 s"
    assert EN.between(60, 60).replace("\u00a0", " ") == "1 min"


def test_names_for_codes_and_for_what_a_source_calls_its_steps():
    assert EN.step("status:resolved") == "Solved" and EN.step("step:Check the form") == "Check the form"
    assert EN.step("Check the form") == "Check the form"
    assert EN.measure("first_reply") == "First reply" and EN.measure("new_measure") == "new measure"
    assert OFFICE.measure("resolution") == "От начала до конца" and OFFICE.measure_note("resolution")
    assert EN.slice("channel") == "channel" and EN.slice("responsible_section") == "responsible section"
    assert EN.state("never") == "ended without it" and EN.turn("waiting_on_us") == "waiting on us"
    assert EN.why("our_move") == "our turn" and EN.clock("business") == "in working hours"


def test_an_abbreviation_brings_its_own_full_stop():
    said = RU.say("The true value lies, 95%% sure, %(interval)s.", interval=RU.between(6 * 86_400.0, 7 * 86_400.0))
    assert str(said).endswith("до 7\u00a0дн.") and str(said.__html__()).endswith("до 7\u00a0дн.")
    assert str(EN.say("%(verdict)s.", verdict="And so on ..")).endswith("...")


def test_the_end_of_a_case_is_called_finished():
    assert (EN.step("resolved"), Speech("ru", is_process=True).step("resolved")) == ("Solved", "Завершено")
