import gzip

from otklik.intake.source import HEAD_BYTES, UNTOLD, Input, ReadOptions, Recognition
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts


def test_the_head_is_what_is_inside_whatever_the_packing(tmp_path):
    path = tmp_path / "Log.XES.gz"
    path.write_bytes(gzip.compress(b"<log>" + b" " * HEAD_BYTES))
    item = Input.of(path)
    assert item.head.startswith(b"<log>") and len(item.head) == HEAD_BYTES
    assert item.suffix == ".xes"


def test_a_file_keeps_the_name_the_user_knows(tmp_path):
    path = tmp_path / "spooled"
    path.write_text("x")
    assert Input.of(path, "-").name == "-"
    assert Input.of(path).suffix == ""


def test_nothing_is_told_by_default():
    options = ReadOptions()
    assert (options.source, options.roles, options.our_addresses) == (None, {}, ())
    options.progress("reading", 1, None)


def test_a_recognition_says_why():
    assert Recognition((), 0.5, "it is a table (%(kind)s)", {"kind": "text"}).facts == {"kind": "text"}
    assert SourceFacts("x", "events", Can.messages, UNTOLD).horizon.year == 1970
