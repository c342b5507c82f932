"""The list of what the product is made of names everything that is locked, with its hashes and licences."""

import json
from pathlib import Path

from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.bill_of_materials import LOCK, Locked, bill, locked
from tools.lock import locked_names

TWO = """\
some-thing==1.2 ; sys_platform == 'linux' \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via otklik
other[extra]==3
""".format(a="a" * 64, b="b" * 64)


def test_a_lock_file_is_read_with_all_its_hashes() -> None:
    assert list(locked(TWO)) == [Locked("some-thing", "1.2", ("a" * 64, "b" * 64)), Locked("other", "3", ())]


def test_everything_that_is_locked_is_listed() -> None:
    written = JsonV1Dot6(bill(LOCK.read_text("utf-8"))).output_as_string()
    told = json.loads(written)
    assert {part["name"].lower() for part in told["components"]} == locked_names(str(LOCK))
    assert all(part["hashes"] and part["purl"].endswith(f"@{part['version']}") for part in told["components"])
    assert told["metadata"]["component"]["name"] == "otklik"
    (whole,) = (one for one in told["dependencies"] if one["ref"] == "otklik")
    assert len(whole["dependsOn"]) == len(told["components"])


def test_what_is_installed_here_has_its_licence_in_the_list() -> None:
    told = json.loads(JsonV1Dot6(bill(LOCK.read_text("utf-8"))).output_as_string())
    without = {part["name"] for part in told["components"] if not part.get("licenses")}
    assert "django" not in without
    assert len(without) < len(told["components"]) / 5, "only what is made for other platforms may have none"


def test_the_file_is_as_the_standard_wants_it(tmp_path: Path) -> None:
    written = JsonV1Dot6(bill(LOCK.read_text("utf-8"))).output_as_string()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(written) is None
