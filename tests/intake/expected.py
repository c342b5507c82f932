"""What a source's sample gives, in the form of expected.json; run as a module it prints that of one source.

    python -m tests.intake.expected zendesk > src/otklik/intake/sources/zendesk/expected.json

Look at every line before you keep it: expected.json is what *should* come out, worked out by a person.
"""

import json
import sys
from pathlib import Path

from otklik.intake import ReadOptions, read_log, sources
from otklik.schemas.log import ServiceLog

SOURCES = Path(sources.__file__).parent
OPTIONS_FILE = "sample_options.json"
"""Optional, beside the sample: {"time_zone": ..., "our_addresses": [...]} for formats that cannot say so themselves."""


def sample_log(name: str) -> ServiceLog:
    """Read the sample of a source: one file sample.*, or a folder sample/; the format is recognised, not told."""
    folder = SOURCES / name
    samples = sorted(path for path in folder.glob("sample*") if path.name != OPTIONS_FILE)
    assert samples, f"{name} has no sample"
    told = json.loads((folder / OPTIONS_FILE).read_text("utf-8")) if (folder / OPTIONS_FILE).exists() else {}
    if "our_addresses" in told:
        told["our_addresses"] = tuple(told["our_addresses"])
    return read_log(samples, ReadOptions(source=name, **told))


def as_expected(log: ServiceLog) -> dict[str, object]:
    """Say the log in the words of expected.json: no nulls, no seq (the order of the list tells), no source."""
    return {
        "requests": log.requests.num_rows,
        "quarantined": log.count.quarantined,
        "duplicate": log.count.duplicate,
        "events": [plain(event) for event in log.events.to_pylist()],
    }


def plain(event: dict) -> dict:
    """Drop nulls, `public: false`, seq and source; write the instant as ISO with Z."""
    kept = {
        name: value
        for name, value in event.items()
        if value is not None and value is not False and name not in {"seq", "source"}
    }
    if not isinstance(kept["at"], str):
        kept["at"] = kept["at"].isoformat().replace("+00:00", "Z")
    return kept


if __name__ == "__main__":
    found = as_expected(sample_log(sys.argv[1]))
    lines = ",\n    ".join(json.dumps(event, ensure_ascii=False) for event in found.pop("events"))
    head = json.dumps(found)[1:-1]
    print(f'{{\n  {head},\n  "events": [\n    {lines}\n  ]\n}}')
