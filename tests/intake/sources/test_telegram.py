"""Telegram: exports of one chat and of all, and what a bot is sent."""

import json

import pytest

from otklik.intake.building import LogBuilder
from otklik.intake.json_records import BrokenJson
from otklik.intake.source import Input, ReadOptions
from otklik.intake.sources.telegram.reader import Telegram


@pytest.fixture
def read(tmp_path):
    def reading(content, **options):
        path = tmp_path / "result.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        built = LogBuilder("telegram")
        item = Input.of(path)
        assert Telegram().recognise([item])
        Telegram().read([item], ReadOptions(**options), built)
        return built

    return reading


def message(number, minute, who, text="Lamp?", **more):
    return {
        "id": number, "type": "message", "date": f"2025-03-03T10:{minute:02d}:00",
        "date_unixtime": str(1740985200 + 60 * minute), "from": who, "from_id": f"user{who}", "text": text, **more,
    }  # fmt: skip


def chat(*messages, kind="personal_chat", number=1, name="Olga"):
    return {"name": name, "type": kind, "id": number, "messages": list(messages)}


def told(built):
    events = sorted(built.table("events").to_pylist(), key=lambda event: event["at"])
    return [f"{e['at']:%H:%M} {e['kind']} {e['by']} {e['actor']}" for e in events]


def test_one_private_chat_names_its_customer_by_its_id(read):
    built = read(chat(message(1, 0, "1"), message(2, 5, "700", "Yes")))
    assert told(built) == ["07:00 created customer 1", "07:05 message agent 700"]


def test_in_all_chats_the_owner_is_we(read):
    everything = {
        "personal_information": {"user_id": 700},
        "chats": {
            "list": [
                chat(message(1, 0, "1"), message(2, 5, "700", "Yes"), kind="private_supergroup", number=55),
                chat(message(3, 9, "2"), message(4, 10, "700", "No"), number=2),
                chat(message(5, 11, "700", "to myself"), kind="saved_messages", number=700),
                chat(message(6, 12, "9", "News"), kind="public_channel", number=9),
            ]
        },
        "left_chats": {"list": [chat(message(7, 20, "3"), number=3)]},
    }
    assert [line.split(" ", 1)[1] for line in told(read(everything))] == [
        "created customer 1", "message agent 700", "created customer 2", "message agent 700", "created customer 3",
    ]  # fmt: skip


def test_without_unix_time_the_zone_is_told_or_guessed(read):
    bare = message(1, 0, "1")
    del bare["date_unixtime"]
    assert told(read(chat(bare), time_zone="Europe/Moscow")) == ["07:00 created customer 1"]
    guessed = read(chat(bare))
    assert told(guessed) == ["10:00 created customer 1"]
    assert "time_zone" in {guess.what for guess in guessed.guesses}


def test_service_lines_are_no_messages(read):
    call = {"id": 2, "type": "service", "date_unixtime": "1740985300", "actor": "Olga", "actor_id": "user1", "text": ""}
    built = read(chat(call, message(1, 0, "1")))
    assert built.records == 1


def test_formatted_words_are_joined(read):
    parts = ["Спа", {"type": "bold", "text": "сибо"}]
    built = read(chat(message(1, 0, "1"), message(2, 1, "7", "Yes"), message(3, 2, "1", parts)))
    assert told(built)[-1] == "07:02 note customer 1"


def test_what_a_bot_was_sent(read):
    def update(number, at, sender, kind="message", **more):
        said = {"message_id": number, "date": at, "chat": {"id": 8, "type": "private"}, "from": sender, "text": "x"}
        return {"update_id": number, kind: {**said, **more}}

    anna = {"id": 8, "first_name": "Anna", "is_bot": False}
    bot = {"id": 9, "first_name": "Helper", "is_bot": True}
    lines = "\n".join(
        json.dumps(one)
        for one in (
            update(1, 1740985200, anna),
            update(2, 1740985260, bot),
            update(3, 1740985270, anna, "edited_message"),
        )
    )
    assert told(read(lines)) == ["07:00 created customer Anna", "07:01 message bot Helper"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"date_unixtime": "soon"}, "bad-date"), ({"from_id": None, "from": None}, "no-id"), ({"id": None}, "no-id")],
)
def test_a_message_that_lacks_what_it_needs_is_set_aside(read, change, reason):
    built = read(chat(message(1, 0, "1"), {**message(2, 1, "1"), **change}))
    assert [row["reason"] for row in built.table("quarantine").to_pylist()] == [reason]
    assert built.records == 2


def test_a_file_cut_short_is_refused(read):
    with pytest.raises(BrokenJson):
        read(json.dumps(chat(message(1, 0, "1"), message(2, 1, "1")))[:-40])


@pytest.mark.parametrize("head", [b'{"messages": [{"id": 1}]}', b"[]", b"", b'{"id": 1, "messages": []}'])
def test_it_leaves_other_files_alone(tmp_path, head):
    assert Telegram().recognise([Input("x.json", tmp_path, head)]) is None
