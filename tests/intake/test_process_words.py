"""What the names of steps and dates are taken to mean."""

import pytest

from otklik.intake.process_words import date_role, plain, said_by


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("Closed", "closed"),
        ("Close_Ticket", "closed"),
        ("closeTheCase", "closed"),
        ("Resolve ticket", "resolved"),
        ("Заявка закрыта", "closed"),
        ("Решён", "resolved"),
        ("Заявка отклонена", "closed"),
        ("gelöst", "resolved"),
        ("Afgehandeld", "closed"),
        ("Withdraw application", "cancelled"),
        ("Отменена", "cancelled"),
        ("Waiting for customer", "waiting_customer"),
        ("Ждём клиента", "waiting_customer"),
        ("Wait - Vendor", "waiting_third_party"),
        ("Take in charge ticket", "open"),
        ("Переоткрыт", "open"),
        ("Новый", "new"),
    ],
)
def test_a_step_says_where_the_request_stands(step, said):
    assert said_by(step) == said


@pytest.mark.parametrize(
    "step",
    ["Resolve SW anomaly", "Confirmation of receipt", "Closing meeting", "Ticket", "", "12", "A_Cancelled", "?!"],
)
def test_a_verb_with_another_object_says_nothing(step):
    assert said_by(step) is None


@pytest.mark.parametrize(
    ("attribute", "role"),
    [
        ("enddate", "end"),
        ("case:End Date", "end"),
        ("closed_at", "end"),
        ("Дата закрытия", "end"),
        ("startdate", "start"),
        ("case:created_at", "start"),
        ("enddate_planned", None),
        ("deadline", None),
        ("responsible", None),
    ],
)
def test_dates_of_a_whole_case(attribute, role):
    assert date_role(attribute) == role


def test_accents_go_but_a_short_i_stays():
    assert plain("Wieder  geöffnet!") == "wieder geoffnet"
    assert plain("Новый, ещё") == "новый еще"
