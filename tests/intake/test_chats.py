"""Endless chats: where a request begins, who is 'we', and what a machine says."""

from otklik.base.units import US
from otklik.intake.building import LogBuilder
from otklik.intake.chats import Chat, Saying, mark_machines, mark_our_side, silence_us, write_chats
from otklik.intake.source import ReadOptions

HOUR = 3600
DAY = 24 * HOUR


def chat_of(*lines, name="olga", peer="olga"):
    """Lines of (seconds, who, words)."""
    return Chat(
        name,
        name,
        [Saying((10**9 + at) * US, who, who, text, str(n), n) for n, (at, who, text) in enumerate(lines, start=1)],
        peer,
    )


def told(*chats, **options):
    """The requests as lists of 'kind by'."""
    out = LogBuilder("chats")
    out.record(99)
    read = ReadOptions(**options)
    mark_our_side(chats, read, out)
    mark_machines(chats, out)
    write_chats(chats, "messenger", read, out)
    requests: dict[str, list[str]] = {}
    for event in out.table("events").to_pylist():
        requests.setdefault(event["request"], []).append(f"{event['kind']} {event['by']}")
    return list(requests.values())


def test_a_day_after_our_answer_a_new_question_is_a_new_request():
    chat = chat_of((0, "olga", "Lamp?"), (60, "us", "Yes"), (60 + DAY + 1, "olga", "Bulb?"))
    assert told(chat) == [["created customer", "message agent"], ["created customer"]]


def test_within_a_day_it_is_still_the_same():
    chat = chat_of((0, "olga", "Lamp?"), (60, "us", "Yes"), (DAY, "olga", "Bulb?"))
    assert told(chat) == [["created customer", "message agent", "message customer"]]


def test_while_a_customer_waits_nothing_begins_anew():
    chat = chat_of((0, "olga", "Lamp?"), (5 * DAY, "olga", "Hello?"), (6 * DAY, "us", "Yes"))
    assert told(chat) == [["created customer", "message customer", "message agent"]]


def test_thanks_ask_for_nothing_and_keep_nobody_waiting():
    chat = chat_of(
        (0, "olga", "Lamp?"), (60, "us", "Yes"), (120, "olga", "Спасибо большое! 👍"), (9 * DAY, "olga", "Bulb?")
    )
    assert told(chat) == [["created customer", "message agent", "note customer"], ["created customer"]]


def test_late_thanks_belong_to_the_request_they_are_for():
    chat = chat_of((0, "olga", "Lamp?"), (60, "us", "Yes"), (3 * DAY, "olga", "thank you very much"))
    assert told(chat) == [["created customer", "message agent", "note customer"]]


def test_thanks_with_a_question_are_a_question():
    for words in ("Спасибо, а чек?", "ok?", "Thanks, but no lamp came"):
        chat = chat_of((0, "olga", "Lamp?"), (60, "us", "Yes"), (120, "olga", words))
        assert told(chat)[0][-1] == "message customer"


def test_an_ok_that_opens_a_chat_is_a_request():
    assert told(chat_of((0, "olga", "ok"))) == [["created customer"]]


def test_we_may_begin():
    chat = chat_of((0, "us", "Your lamp is here"), (60, "olga", "Where?"))
    assert told(chat) == [["created agent", "message customer"]]


def test_the_silence_can_be_told():
    chat = chat_of((0, "olga", "Lamp?"), (60, "us", "Yes"), (5 * HOUR, "olga", "Bulb?"))
    assert len(told(chat, mapping={"silence": "4h"})) == 2
    assert silence_us(ReadOptions()) == DAY * US


def test_a_greeting_nobody_typed_ends_no_wait():
    chats = [
        chat_of((0, "c", "Lamp?"), (5, "us", f"Hello! Your number is {n}"), (600, "us", "Yes"), name=str(n), peer="c")
        for n in range(3)
    ]
    assert told(*chats) == [["created customer", "message rule", "message agent"]] * 3


def test_the_same_words_said_slowly_are_a_persons():
    chats = [chat_of((0, "c", "Lamp?"), (600, "us", "Yes"), name=str(n), peer="c") for n in range(5)]
    assert told(*chats) == [["created customer", "message agent"]] * 5


def test_a_greeting_leaves_the_customer_waiting():
    lines = [(0, "c", "Lamp?"), (5, "us", "Hello!"), (3 * DAY, "c", "Anybody?")]
    chats = [chat_of(*lines, name=str(n), peer="c") for n in range(3)]
    assert told(*chats) == [["created customer", "message rule", "message customer"]] * 3


def test_in_groups_the_one_who_writes_in_most_of_them_is_we():
    groups = [chat_of((0, f"c{n}", "Lamp?"), (60, "shop", "Yes"), name=str(n), peer=None) for n in range(3)]
    assert told(*groups) == [["created customer", "message agent"]] * 3


def test_in_a_single_chat_the_one_who_answers_is_we():
    chat = chat_of((0, "a", "Lamp?"), (60, "b", "Yes"), (120, "a", "Bulb?"), (180, "b", "No"), peer=None)
    assert told(chat) == [["created customer", "message agent", "message customer", "message agent"]]


def test_who_is_we_can_be_told():
    chat = chat_of((0, "a", "Lamp?"), (60, "b", "Yes"), peer=None)
    assert told(chat, our_addresses=("A",)) == [["created agent", "message customer"]]


def test_a_lonely_voice_is_a_customer():
    assert told(chat_of((0, "a", "Lamp?"), (60, "a", "Hello?"), peer=None)) == [
        ["created customer", "message customer"]
    ]


def test_the_order_of_the_record_does_not_matter():
    chat = chat_of((60, "us", "Yes"), (0, "olga", "Lamp?"))
    assert told(chat) == [["created customer", "message agent"]]
