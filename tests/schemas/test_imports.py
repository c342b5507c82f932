from datetime import UTC, datetime

from otklik.schemas.events import Can
from otklik.schemas.imports import ImportedSource, ImportRecord
from otklik.schemas.log import ImportCount, SourceFacts

NOW = datetime(2025, 3, 3, tzinfo=UTC)


def test_what_a_source_can_tell_survives_being_kept() -> None:
    facts = SourceFacts("desk", "events", Can.messages | Can.team, NOW, ("a.csv",), "table", "Europe/Moscow", True)
    assert ImportedSource.of(facts).facts() == facts


def test_an_import_survives_being_written_as_json() -> None:
    source = ImportedSource.of(SourceFacts("desk", "dates", Can.resolution, NOW))
    record = ImportRecord(import_id=3, imported_at=NOW, sources=(source,), count=ImportCount(read=2, kept=2))
    assert ImportRecord.model_validate_json(record.model_dump_json()) == record
