"""Letters: what is a request, what an answer, what a machine, and who is 'we'."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.intake.building import LogBuilder
from otklik.intake.source import Input, ReadOptions
from otklik.intake.sources.mail.letters import NoMail, read_letter
from otklik.intake.sources.mail.machines import hints, proof
from otklik.intake.sources.mail.reader import Mailbox
from otklik.intake.sources.mail.sides import find_our_side
from otklik.intake.sources.mail.threads import bare_subject

US = "help@lampa.example"


def letter(sender, to, clock, subject="Lamp", **headers):
    """One letter of 3 March 2025, UTC; header names with _ for -."""
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}"]
    if clock:
        lines.append(f"Date: Mon, 03 Mar 2025 {clock}:00 +0000")
    body = headers.pop("body", "Hello")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\n".join(lines) + f"\n\n{body}\n"


@pytest.fixture
def read(tmp_path):
    """Read letters as a folder of .eml; gives the builder."""

    def reading(*letters, ours=(US,), **options):
        inputs = []
        for number, text in enumerate(letters):
            path = tmp_path / f"{number}.eml"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            inputs.append(Input.of(path, path.name))
        built = LogBuilder("mail")
        Mailbox().read(inputs, ReadOptions(our_addresses=ours, **options), built)
        return built

    return reading


def told(built):
    """Events as 'clock kind by', by time; private ones in brackets."""
    events = sorted(built.table("events").to_pylist(), key=lambda event: event["at"])
    words = [f"{e['at']:%H:%M} {e['kind']} {e['by']}" for e in events]
    return [word if e["public"] else f"({word})" for word, e in zip(words, events, strict=True)]


def aside(built):
    return [(row["reason"], row["detail"]) for row in built.table("quarantine").to_pylist()]


ASK = letter("o@mail.example", US, "10:00", Message_ID="<q@m>")


def test_a_letter_and_its_answer(read):
    built = read(ASK, letter(US, "o@mail.example", "11:00", "Re: Lamp", Message_ID="<a@l>", In_Reply_To="<q@m>"))
    assert told(built) == ["10:00 created customer", "11:00 message agent"]
    (request,) = built.table("requests").to_pylist()
    assert (request["request"], request["customer"], request["subject"]) == ("q@m", "o@mail.example", "Lamp")


def test_the_time_of_our_server_goes_before_the_clock_of_the_sender(read):
    late = letter("o@mail.example", US, "23:59", Received="from x by y; Mon, 03 Mar 2025 10:00:07 +0000")
    assert told(read(late)) == ["10:00 created customer"]


def test_our_own_letters_carry_our_own_time(read):
    ours = letter(US, "o@mail.example", "11:00", Received="from x by y; Mon, 03 Mar 2025 12:00:00 +0000")
    assert told(read(ours)) == ["11:00 created agent"]


def test_a_letter_without_date_is_dated_by_received_or_set_aside(read):
    received = letter("o@mail.example", US, None, Received="from x by y; Mon, 03 Mar 2025 10:00:07 +0000")
    assert told(read(received)) == ["10:00 created customer"]
    undated = read(letter("o@mail.example", US, None), ASK)
    assert aside(undated) == [("no-date", "Lamp")] and len(told(undated)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"Auto_Submitted": "AUTO-REPLIED; owner-email=x"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "Re: Lamp"},
        {"Precedence": "auto_reply"},
        {"X_Auto_Response_Suppress": "All", "X_MS_Exchange_Inbox_Rules_Loop": "o@mail.example"},
        {"Return_Path": "<>"},
    ],
)
def test_an_absence_note_of_the_customer_starts_no_wait_and_ends_none(read, headers):
    built = read(
        ASK,
        letter(US, "o@mail.example", "11:00", In_Reply_To="<q@m>", Message_ID="<a@l>"),
        letter("o@mail.example", US, "11:05", "Re: Lamp", In_Reply_To="<a@l>", **headers),
    )
    assert told(built) == ["10:00 created customer", "11:00 message agent", "11:05 note rule"]


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "no"}, {"X_Auto_Response_Suppress": "All"}, {}])
def test_a_wish_for_silence_is_no_sign_of_a_machine(read, headers):
    assert told(read(letter("o@mail.example", US, "10:00", **headers))) == ["10:00 created customer"]


def test_our_automatic_receipt_is_no_answer_of_a_person(read):
    receipt = letter(US, "o@mail.example", "10:01", In_Reply_To="<q@m>", Auto_Submitted="auto-replied")
    assert told(read(ASK, receipt)) == ["10:00 created customer", "10:01 message rule"]


def test_words_and_haste_together_make_a_machine_but_not_words_alone(read):
    words = {"In_Reply_To": "<q@m>", "body": "Ваше обращение зарегистрировано под номером 5"}
    hasty = read(ASK, letter(US, "o@mail.example", "10:00", "Re: Lamp", **words))
    assert told(hasty)[1] == "10:00 message rule"
    assert [guess.what for guess in hasty.guesses] == ["automatic"]
    slow = read(ASK, letter(US, "o@mail.example", "10:30", "Re: Lamp", **words))
    assert told(slow)[1] == "10:30 message agent"


def test_where_the_desk_stamps_every_answer_the_stamp_proves_nothing(read):
    letters = []
    for n in range(6):
        letters += [
            letter(f"c{n}@mail.example", US, f"{10 + n}:00", f"Lamp {n}", Message_ID=f"<q{n}@m>"),
            letter(US, f"c{n}@mail.example", f"{10 + n}:20", In_Reply_To=f"<q{n}@m>", Auto_Submitted="auto-generated"),
        ]
    built = read(*letters)
    assert [word.split(" ", 1)[1] for word in told(built)] == ["created customer", "message agent"] * 6
    assert [guess.what for guess in built.guesses] == ["automatic"]


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"List_Id": "<news.shop.example>"}, "bulk"),
        ({"Precedence": "bulk"}, "bulk"),
        ({"Auto_Submitted": "auto-generated"}, "generated"),
        ({"Auto_Submitted": "auto-replied"}, "reply"),
        ({"Content_Type": "multipart/report; boundary=q"}, "bounce"),
    ],
)
def test_machine_mail_is_no_request(read, headers, why):
    built = read(letter("o@mail.example", US, "10:00", **headers))
    assert told(built) == [] and aside(built) == [("no-request", why)]


def test_mail_to_a_group_address_of_ours_is_written_by_people(read):
    built = read(letter("o@mail.example", US, "10:00", List_Id="Help <help.lampa.example>", Precedence="list"))
    assert told(built) == ["10:00 created customer"]


def test_a_form_of_our_own_site_speaks_for_the_customer(read):
    form = letter("site@lampa.example", US, "10:00", Reply_To="o@mail.example", Auto_Submitted="auto-generated")
    built = read(form, ours=("lampa.example",))
    assert told(built) == ["10:00 created customer"]
    assert built.table("requests")["customer"].to_pylist() == ["o@mail.example"]


def test_talk_among_ourselves_is_a_note_and_by_itself_no_request(read):
    forward = letter(US, "boris@lampa.example", "10:10", "Fwd: Lamp", In_Reply_To="<q@m>")
    lunch = letter(US, "boris@lampa.example", "12:00", "Lunch")
    built = read(ASK, forward, lunch, ours=("lampa.example",))
    assert told(built) == ["10:00 created customer", "(10:10 note agent)"]
    assert aside(built) == [("no-request", "internal")]


def test_an_answer_that_came_back_is_no_answer(read):
    report = letter(
        "mailer-daemon@lampa.example", US, "11:01", "Undelivered",
        Content_Type="multipart/report; boundary=q",
        body="--q\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; o@mail.example\nAction: failed\n\n"
        "--q\nContent-Type: text/rfc822-headers\n\nMessage-ID: <a@l>\n\n--q--",
    )  # fmt: skip
    answer = letter(US, "o@mail.example", "11:00", In_Reply_To="<q@m>", Message_ID="<a@l>")
    assert told(read(ASK, answer, report)) == ["10:00 created customer", "(11:00 note agent)", "(11:01 note rule)"]


def test_references_join_what_in_reply_to_leaves_apart(read):
    built = read(ASK, letter(US, "o@mail.example", "11:00", "Other", References="<lost@x> <q@m>"))
    assert built.table("requests").num_rows == 1


def test_two_answers_to_a_letter_nobody_has_belong_together(read):
    one = letter("o@mail.example", US, "10:00", "Re: Lamp", Message_ID="<b@m>", In_Reply_To="<lost@l>")
    two = letter(US, "o@mail.example", "11:00", "Re: Lamp", Message_ID="<c@l>", In_Reply_To="<lost@l>")
    assert read(one, two).table("requests")["request"].to_pylist() == ["lost@l"]


def test_a_bare_re_joins_by_subject_only_within_the_same_pair_of_people(read):
    same = letter(US, "o@mail.example", "11:00", "RE: lamp", Message_ID="<a@l>")
    other = letter("p@mail.example", US, "12:00", "Re: Lamp", Message_ID="<x@m>")
    fresh = letter("o@mail.example", US, "13:00", "Lamp", Message_ID="<y@m>")
    built = read(ASK, same, other, fresh)
    assert sorted(built.table("requests")["request"].to_pylist()) == ["q@m", "x@m", "y@m"]


def test_the_same_letter_in_two_folders_is_told_twice_with_one_time(read):
    sent = letter(US, "o@mail.example", "11:00", Message_ID="<a@l>")
    built = read(ASK, sent, sent)
    events = built.table("events").to_pylist()
    assert built.records == 3
    assert [{**event, "record": 0} for event in events][1:] == [{**events[1], "record": 0}] * 2


def test_other_letters_under_the_same_id_are_kept_apart(read):
    built = read(ASK, letter("o@mail.example", US, "10:05", Message_ID="<q@m>", body="Other"))
    assert len(set(built.table("events")["key"].to_pylist())) == 2


def test_an_mbox_is_cut_at_its_from_lines(tmp_path):
    path = tmp_path / "box"
    one = ASK.replace("Hello", "Hello\n\n>From here on\nFrom me too")
    path.write_text(
        "".join(f"From x@y Mon Mar  3 10:00:00 2025\n{text}\n" for text in (one, one.replace("q@m", "r@m")))
    )
    built = LogBuilder("mail")
    item = Input.of(path)
    assert Mailbox().recognise([item])
    Mailbox().read([item], ReadOptions(our_addresses=(US,)), built)
    assert built.records == 2 and len(told(built)) == 2


def test_our_side_is_the_address_that_writes_with_most_others():
    box = [read_letter(letter(f"c{n}@mail.ru", US, "10:00").encode()) for n in range(3)]
    box += [read_letter(letter("anna@lampa.example", "c1@mail.ru", "11:00").encode())]
    side = find_our_side(box, ())
    assert side.address == US and side.ours == ("lampa.example",)
    assert side.holds("anna@lampa.example") and not side.holds("c1@mail.ru")


def test_at_a_public_provider_only_the_address_is_ours():
    box = [read_letter(letter(f"c{n}@mail.ru", "shop@mail.ru", "10:00").encode()) for n in range(3)]
    assert find_our_side(box, ()).ours == ("shop@mail.ru",)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=?koi8-r?B?7MHN0ME=?=", "Лампа"),
        ("=?utf-8?q?Lamp?= =?utf-8?q?_two?=", "Lamp two"),
        ("=?klingon?B?7MHN0ME=?=", "мБНРБ"),
        ("=?utf-8?B?!!!?=", ""),
        ("=?utf-8?B?QQ1CY2M6IHhAeQ==?=", "A Bcc: x@y"),
        ("plain", "plain"),
    ],
)
def test_subjects_in_every_state_are_one_clean_line(written, meant):
    assert read_letter(letter("o@m", US, "10:00", written).encode()).subject == meant


def test_raw_letters_of_the_nineties():
    assert read_letter(b"From: a@b.ru\nSubject: \xcb\xe0\xec\xef\xe0\n\nx").subject == "Лампа"


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Mon, 03 Mar 2025 10:00:00 +0300", datetime(2025, 3, 3, 7, tzinfo=UTC)),
        ("3 Mar 2025 10:00:00 GMT", datetime(2025, 3, 3, 10, tzinfo=UTC)),
        ("Mon, 03 Mar 2025 10:00:00 -0000", datetime(2025, 3, 3, 10, tzinfo=UTC)),
    ],
)
def test_dates(date, at):
    found = read_letter(f"From: a@b.ru\nDate: {date}\n\nx".encode()).sent_us
    assert found == int(at.timestamp()) * 1_000_000


@pytest.mark.parametrize(
    "date", ["yesterday", "Mon, 35 Mar 2025 10:00:00 +0300", "", "Mon, 03 Mar 99999 10:00:00 +9999"]
)
def test_what_is_no_date_is_none(date):
    assert read_letter(f"From: a@b.ru\nDate: {date}\n\nx".encode()).sent_us is None


def test_bare_subjects():
    assert bare_subject("Re[2]: Отв: AW: Лампа ") == ("лампа", True)
    assert bare_subject("Regarding the lamp") == ("regarding the lamp", False)


def test_hints_are_counted_not_believed():
    found = read_letter(letter("o@m.ru", US, "10:00", "Automatic reply: Lamp", body="Out of office").encode())
    assert proof(found) is None
    assert (hints(found, None), hints(found, 5_000_000), hints(found, 10**9)) == (2, 3, 2)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_letter_or_none(noise):
    for raw in (noise, b"From: a@b.ru\nSubject: " + noise, b"From: " + noise + b"\n\n" + noise):
        try:
            assert read_letter(raw).sender
        except NoMail as problem:
            assert str(problem)


def test_a_thousand_nested_parts_do_no_harm(read):
    nest = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1500))
    built = read(b"From: a@b.ru\nTo: help@lampa.example\nDate: Mon, 03 Mar 2025 10:00:00 +0000\n" + nest, ASK)
    assert built.records == 2 and "10:00 created customer" in told(built)


@pytest.mark.parametrize(
    "head", [b"id,name\n1,2\n", b"{}", b"Subject only\n", b"\x89PNG\r\n", b"key: value\nother: x\n", b"From: me\n"]
)
def test_it_leaves_other_files_alone(tmp_path, head):
    assert Mailbox().recognise([Input("x.txt", tmp_path, head)]) is None
