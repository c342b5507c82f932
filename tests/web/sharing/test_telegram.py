"""One call to a bot server: plain text, understood answers, the token nowhere but in the address."""

import json
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from otklik.web.fetching import AddressRefused, Answer, Unreachable
from otklik.web.sharing.telegram import CHAT, MOST, TOKEN, Reply, fitted, length, reply_of, send

BOT = "123456789:AAH-canary_0123456789abcdefghijklm"


def answered(code: int, **told: Any) -> Answer:
    return Answer(code, json.dumps(told).encode())


def test_the_text_goes_as_it_is_and_names_no_way_of_marking_it_up() -> None:
    calls: list[tuple[Any, Any]] = []

    def call(*given: Any, **more: Any) -> Answer:
        calls.append((given, more))
        return answered(200, ok=True)

    assert send(BOT, "-100", "*no* <b>markup</b> & _none_", call).taken
    ((given_, more),) = calls
    assert given_ == ("POST", f"{settings.TELEGRAM_URL}/bot{BOT}/sendMessage")
    told = json.loads(more["body"])
    assert told["text"] == "*no* <b>markup</b> & _none_" and told["chat_id"] == "-100"
    assert "parse_mode" not in told and "entities" not in told


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (answered(200, ok=True), Reply(200, taken=True)),
        (answered(200, ok=False, description="odd"), Reply(200, said="odd")),
        (Answer(200, b"<html>a login page of the hotel"), Reply(200)),
        (answered(400, ok=False, description="Bad Request: chat not found"),
         Reply(400, said="Bad Request: chat not found")),
        (answered(400, ok=False, parameters={"migrate_to_chat_id": -1001234}), Reply(400, moved_to="-1001234")),
        (answered(429, ok=False, parameters={"retry_after": 35}), Reply(429, wait_s=35.0)),
        (answered(429, parameters={"retry_after": -1}), Reply(429)),
        (answered(429, parameters={"retry_after": "soon"}), Reply(429)),
        (answered(429, parameters={"retry_after": 1e300}), Reply(429, wait_s=86_400.0)),
        (Answer(429, b'{"parameters": {"retry_after": NaN}}'), Reply(429)),
        (answered(400, parameters={"migrate_to_chat_id": "javascript:x"}), Reply(400)),
        (answered(400, parameters=["x"], description=None), Reply(400, said="None")),
        (answered(400, description=f"no bot{BOT} here\n\x1b[31m"), Reply(400, said="no bot*** here [31m")),
        (Answer(502, b"[" * 100_000), Reply(502)),
        (Answer(502, b"\xff\xfe"), Reply(502)),
    ],
)  # fmt: skip
def test_answers_are_understood(answer: Answer, reply: Reply) -> None:
    assert reply_of(answer) == reply


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Unreachable(host="h", reason="timeout"), "timeout"),
        (AddressRefused(url=f"http://h/bot{BOT}/sendMessage", reason="r"), "address-refused"),
    ],
)
def test_what_goes_wrong_on_the_way_does_not_tell_the_token(error: Exception, reason: str) -> None:
    def call(*_: Any, **__: Any) -> Answer:
        raise error

    reply = send(BOT, "-100", "x", call)
    assert reply == Reply(None, reason=reason) and BOT not in repr(reply)


@pytest.mark.parametrize("text", [BOT, "12345:" + "A" * 35])
def test_a_token_is_known(text: str) -> None:
    assert TOKEN.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["", "abc", f"{BOT}/../x", f"{BOT}?x", f"{BOT}\n", "12345:short", f"bot{BOT}", f"{BOT} "]
)
def test_what_would_change_the_address_is_no_token(text: str) -> None:
    assert not TOKEN.fullmatch(text)


@pytest.mark.parametrize(
    ("text", "is_chat"), [("-1001234567890", True), ("4711", True), ("@our_channel", True), ("our_channel", False),
                          ("@1", False), ("--1", False), ("@кот123", False), ("1" * 21, False), ("", False)],
)  # fmt: skip
def test_a_chat_is_a_number_or_a_name(text: str, is_chat: bool) -> None:
    assert bool(CHAT.fullmatch(text)) is is_chat


TEXTS = st.lists(st.text(st.characters(blacklist_characters="\n"), max_size=60), min_size=1, max_size=60).map("\n".join)


@given(TEXTS, st.integers(200, 900))
def test_a_text_is_cut_after_a_whole_line_and_its_link_stays(body: str, most: int) -> None:
    text = f"{body}\nhttps://otklik.example.org/goals/1/"
    cut = fitted(text, most)
    assert length(cut) <= most
    if length(text) <= most:
        assert cut == text
    else:
        head, _, link = cut.rpartition("\n")
        kept, _, note = head.rpartition("\n")
        assert link == "https://otklik.example.org/goals/1/" and note == "The rest did not fit; it stands there:"
        assert text.startswith(kept.rstrip("\n")), "whole lines from the beginning, none of them changed"


@pytest.mark.parametrize("text", ["x" * 10_000, "\U0001f600" * 3_000, "\n" * 5_000, "a\n" + "y" * 9_000])
def test_whatever_comes_is_short_enough(text: str) -> None:
    assert length(fitted(text)) <= MOST
