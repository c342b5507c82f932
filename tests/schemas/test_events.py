from otklik.schemas.events import EVENTS, By, Kind, Status


def test_the_log_contract_version_1() -> None:
    assert EVENTS.names == [
        "source", "request", "at", "seq", "kind", "by", "actor", "team", "assignee", "public", "channel",
        "status", "activity",
    ]  # fmt: skip
    assert str(EVENTS.field("at").type) == "timestamp[us, tz=UTC]"
    assert {field.name for field in EVENTS if not field.nullable} == {
        "source", "request", "at", "seq", "kind", "by", "public",
    }  # fmt: skip


def test_the_words_of_the_contract() -> None:
    assert [kind.name for kind in Kind] == [
        "created", "message", "note", "assigned", "step", "status", "merged", "cancelled", "deleted", "rated",
    ]  # fmt: skip
    assert [by.name for by in By] == ["customer", "agent", "bot", "rule", "system"]
    assert [s.name for s in Status] == ["new", "open", "waiting_customer", "waiting_third_party", "resolved", "closed"]
