"""Asterisk queues: what a caller lives through."""

import pytest

from otklik.intake.building import LogBuilder
from otklik.intake.source import Input, ReadOptions
from otklik.intake.sources.queue_log.reader import QueueLog

START = 1740985200  # 2025-03-03 07:00 UTC


@pytest.fixture
def read(tmp_path):
    def reading(text):
        """Lines of 'seconds event agent details...' of one call c1 in the queue q, or raw lines with bars."""
        lines = []
        for line in text.strip().splitlines():
            words = line.strip()
            if "|" not in words:
                at, event, agent, *details = words.split()
                words = "|".join([str(START + int(at)), "c1", "q", agent, event, *details])
            lines.append(words)
        path = tmp_path / "queue_log"
        path.write_text("\n".join(lines) + "\n")
        built = LogBuilder("queue_log")
        QueueLog().read([Input.of(path)], ReadOptions(), built)
        return built

    return reading


def told(built):
    events = sorted(built.table("events").to_pylist(), key=lambda event: event["at"])
    return [
        " ".join(str(part) for part in (int(e["at"].timestamp()) - START, e["kind"], e["by"], e["status"] or "-"))
        for e in events
    ]


def test_asked_answered_served(read):
    built = read(
        """
        0 ENTERQUEUE NONE x +79990000001 1
        20 CONNECT SIP/101 20 c2 4
        200 COMPLETECALLER SIP/101 20 180 1
        """
    )
    assert told(built) == ["0 created customer new", "20 message agent open", "200 status customer closed"]
    assert built.table("requests")["customer"].to_pylist() == ["+79990000001"]
    assert set(built.table("events")["channel"].to_pylist()) == {"phone"}


def test_who_hangs_up_was_never_answered(read):
    assert told(read("0 ENTERQUEUE NONE x 7 1\n90 ABANDON NONE 1 1 90")) == [
        "0 created customer new",
        "90 cancelled customer -",
    ]


def test_a_phone_that_rings_in_vain_is_a_note(read):
    built = read("0 ENTERQUEUE NONE x 7 1\n15 RINGNOANSWER SIP/102 15000\n30 RINGNOANSWER SIP/102 15000")
    assert told(built)[1:] == ["15 note system -", "30 note system -"]


def test_turned_out_of_the_queue_is_an_end_without_an_answer(read):
    assert told(read("0 ENTERQUEUE NONE x 7 1\n60 EXITWITHTIMEOUT NONE 1 1 60"))[-1] == "60 status system closed"


def test_from_one_queue_to_the_next_it_is_one_wait(read):
    built = read(
        """
        0 ENTERQUEUE NONE x 7 1
        60 EXITWITHTIMEOUT NONE 1 1 60
        61 ENTERQUEUE NONE x 7 1
        90 CONNECT SIP/101 29 c2 4
        """
    )
    assert told(built) == [
        "0 created customer new",
        "60 note system -",
        "61 message customer open",
        "90 message agent open",
    ]


def test_passed_on_to_another_queue_the_caller_waits_again(read):
    built = read(
        """
        0 ENTERQUEUE NONE x 7 1
        10 CONNECT SIP/101 10 c2 4
        50 BLINDTRANSFER SIP/101 600 queues 10 40 1
        51 ENTERQUEUE NONE x 7 1
        """
    )
    assert told(built)[2:] == ["50 assigned agent -", "51 message customer open"]


def test_passed_on_out_of_the_queues_it_counts_as_served(read):
    built = read("0 ENTERQUEUE NONE x 7 1\n10 CONNECT SIP/101 10 c2 4\n50 TRANSFER SIP/101 200 office 10 40 1")
    assert told(built)[-1] == "50 assigned agent closed"
    assert built.table("events")["assignee"].to_pylist()[-1] == "200"


def test_a_log_that_begins_in_the_middle_still_knows_how_long_the_caller_waited(read):
    assert told(read("100 CONNECT SIP/101 40 c2 4"))[0] == "60 created customer new"
    assert told(read("100 RINGNOANSWER SIP/101 15000"))[0] == "100 created customer new"


def test_agents_and_reloads_are_no_calls(read):
    built = read(
        f"{START}|NONE|NONE|SIP/101|ADDMEMBER|\n{START}|REALTIME|q|x|PAUSE|\n{START}|c9|q|NONE|INFO|x\n"
        "0 ENTERQUEUE NONE x 7 1"
    )
    assert built.records == 1


@pytest.mark.parametrize(
    ("line", "reason"), [(f"{START}|c1", "ragged-row"), ("yesterday|c1|q|NONE|ABANDON|1", "bad-date")]
)
def test_a_line_cut_off_is_set_aside(read, line, reason):
    built = read("0 ENTERQUEUE NONE x 7 1\n" + line)
    assert [(row["row"], row["reason"]) for row in built.table("quarantine").to_pylist()] == [(2, reason)]


def test_fractions_of_seconds(read):
    built = read(f"{START}.25|c1|q|NONE|ENTERQUEUE||7|1")
    assert built.table("events")["at"].to_pylist()[0].microsecond == 250_000


def test_the_same_line_twice_in_a_second_is_two_events(read):
    built = read("0 ENTERQUEUE NONE x 7 1\n15 RINGNOANSWER SIP/102 0\n15 RINGNOANSWER SIP/102 0")
    assert len(set(built.table("events")["key"].to_pylist())) == 3


@pytest.mark.parametrize("head", [b"1|2|3|4|5\n", b"time|call\n", b"", b"1740985200,c1,q,NONE,ABANDON\n"])
def test_it_leaves_other_files_alone(tmp_path, head):
    assert QueueLog().recognise([Input("x", tmp_path, head)]) is None
