from otklik.schemas.log import Guess, ImportCount


def test_an_account_is_frozen_and_starts_at_nothing() -> None:
    assert ImportCount() == ImportCount(read=0, kept=0, quarantined=0, duplicate=0)


def test_a_guess_keeps_its_reason_and_facts() -> None:
    guess = Guess(what="encoding", value="cp1251", reason="Letters look Russian in %(name)s.", facts={"name": "cp1251"})
    assert guess.reason % guess.facts == "Letters look Russian in cp1251."
