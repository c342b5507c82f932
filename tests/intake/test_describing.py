from otklik.intake.building import LogBuilder
from tests.intake.building_blocks import DAY, built, clock, finished


def described(log: LogBuilder) -> dict:
    return {row["request"]: row for row in finished(log).requests.to_pylist()}


def test_what_was_said_later_wins_column_by_column():
    log = built("10:00 A created customer public")
    log.request("A", subject="old", customer="anna", attributes={"plan": "free", "city": "Omsk"})
    log.request("A", subject="new", attributes={"plan": "paid"})
    row = described(log)["A"]
    assert (row["subject"], row["customer"], dict(row["attributes"])) == (
        "new",
        "anna",
        {"plan": "paid", "city": "Omsk"},
    )


def test_the_opening_is_filled_from_the_created_event():
    log = built("09:00 A note agent", "10:00 A created customer public channel=email")
    row = described(log)["A"]
    assert (row["opened_at"], row["channel"]) == (clock("10:00"), "email")


def test_without_a_created_event_the_first_event_opens():
    assert described(built("09:00 A step system"))["A"]["opened_at"] == clock("09:00")


def test_a_told_opening_stays():
    log = built("10:00 A created customer public")
    log.request("A", opened_at=DAY)
    assert described(log)["A"]["opened_at"] == DAY


def test_a_description_without_events_is_no_request():
    log = built("10:00 A created customer public")
    log.request("B", subject="nobody came")
    assert list(described(log)) == ["A"]
