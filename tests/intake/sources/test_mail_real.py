"""Letters nobody here wrote: a hundred odd ones of a mail library, and hostile ones."""

from collections import Counter

import pytest

from otklik.intake.building import LogBuilder
from otklik.intake.source import Input, ReadOptions
from otklik.intake.sources.mail.reader import Mailbox
from tests.shared_data import BADINPUT, DATA, needs_shared

pytestmark = needs_shared


def read(folder):
    inputs = [Input.of(path) for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]
    mailbox = Mailbox()
    mine = mailbox.recognise(inputs).inputs
    built = LogBuilder("mail")
    mailbox.read(mine, ReadOptions(), built)
    return built, mine


def test_the_letters_of_a_mail_library():
    built, mine = read(DATA / "email" / "ruby_mail")
    assert built.records == len(mine) == 103
    reasons = Counter(row["reason"] for row in built.table("quarantine").to_pylist())
    assert reasons == {"no-date": 7, "no-request": 9, "unreadable-record": 3}
    assert built.table("events").num_rows == 103 - 19


@pytest.mark.parametrize("folder", ["mail", "generated/mail"])
def test_odd_and_hostile_letters_are_all_accounted_for(folder):
    built, mine = read(BADINPUT / folder)
    told = set(built.table("events")["record"].to_pylist())
    assert built.records == len(mine) == len(told) + len(built.aside)


def test_cyrillic_charsets_and_an_absence_note():
    built, _ = read(BADINPUT / "generated" / "mail")
    assert Counter(row["detail"] for row in built.table("quarantine").to_pylist())["reply"] == 1
    assert built.table("requests").num_rows == 3
