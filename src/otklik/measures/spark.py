"""The same kernel on Spark, for those who outgrew one machine: the optional extra `otklik[spark]`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from otklik.base.errors import MissingExtra
from otklik.measures.columns import NEEDED
from otklik.measures.facts import facts_schema, waits_schema
from otklik.measures.measuring import measure_batches
from otklik.schemas.calendars import CalendarBook
from otklik.schemas.log import SourceFacts

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

GATHER_ROWS = 1 << 18


def measure_on_spark(
    events: "DataFrame",
    sources: Sequence[SourceFacts],
    book: CalendarBook | None,
    *,
    as_of: datetime | None = None,
    table: str = "facts",
) -> "DataFrame":
    """Measure a log of any size where it lies: requests are brought together, sorted and walked on the workers.

    Input     events: schemas.events.EVENTS as a Spark table; sources: what each can tell; table: 'facts' or 'waits'
    Output    measures.facts_schema or measures.waits_schema as a Spark table, states as plain words
    Unit      seconds; counts
    Open end  what is open runs to the horizon: as_of, else the source's own
    Errors    MissingExtra without PySpark; clock.YearsUnknown
    Source    DESIGN 5: Spark (`repartition(request)`, sort within partitions, `mapInArrow`)
    """
    schema = spark_schema(facts_schema() if table == "facts" else waits_schema())
    plain = plain_schema(facts_schema() if table == "facts" else waits_schema())

    def measure(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for measured in measure_batches(gathered(batches), sources, book, as_of=as_of, threads=1):
            rows = measured.facts if table == "facts" else measured.waits
            yield from rows.cast(plain).to_batches()

    brought_together = events.repartition("source", "request").sortWithinPartitions("source", "request", "at", "seq")
    return brought_together.select(*NEEDED).mapInArrow(measure, schema)


def gathered(batches: Iterable[pa.RecordBatch], rows: int = GATHER_ROWS) -> Iterator[pa.RecordBatch]:
    """Put small batches together, since each one costs a little to begin."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(part.num_rows for part in held) >= rows:
            yield pa.concat_batches(held)
            held = []
    if held:
        yield pa.concat_batches(held)


def plain_schema(schema: pa.Schema) -> pa.Schema:
    """The same columns with words instead of codes, for engines that know no dictionaries."""
    return pa.schema([pa.field(f.name, _plain(f.type), f.nullable) for f in schema])


def spark_schema(schema: pa.Schema) -> Any:
    """The columns as Spark names them."""
    try:
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError:
        raise MissingExtra(extra="spark") from None
    return from_arrow_schema(plain_schema(schema))


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind
