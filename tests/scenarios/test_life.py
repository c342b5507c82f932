"""One simulated request lives a plausible life."""

from otklik.scenarios import simulate_company

COMPANY = simulate_company(1500, seed=11, still_open=10)


def lives() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in COMPANY.rows:
        found.setdefault(row[0], []).append(row)
    return found


def test_everything_begins_with_being_created() -> None:
    assert all(life[0][2] == "created" for life in lives().values())


def test_some_give_up_some_come_back_some_say_thanks() -> None:
    kinds = {row[2] for row in COMPANY.rows}
    assert {"cancelled", "deleted", "assigned", "message", "status"} <= kinds
    reopened = [life for life in lives().values() if "open" in [row[9] for row in life][first_end(life) :]]
    assert reopened


def first_end(life: list[tuple[str, ...]]) -> int:
    return next((i for i, row in enumerate(life) if row[9] == "resolved"), len(life))


def test_machines_greet_where_the_channel_has_one() -> None:
    greeters = {row[8] for row in COMPANY.rows if row[3] in ("rule", "bot") and row[2] == "message"}
    assert greeters == {"email", "form", "chat"}


def test_only_agents_and_customers_have_conversations() -> None:
    assert {row[3] for row in COMPANY.rows} == {"customer", "agent", "rule", "bot"}
