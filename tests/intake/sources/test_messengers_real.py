"""Messenger records nobody here wrote."""

from otklik.intake import read_log
from tests.shared_data import DATA, needs_shared

pytestmark = needs_shared


def test_the_updates_of_a_bot():
    log = read_log([DATA / "vendor" / "telegram"])
    assert (log.count.read, log.count.kept, log.sources[0].reader) == (5, 5, "telegram")


def test_a_chat_in_the_real_format():
    log = read_log([DATA / "vendor" / "whatsapp" / "lorem.txt"])
    assert (log.count.read, log.count.kept, log.sources[0].reader) == (500, 500, "whatsapp")
