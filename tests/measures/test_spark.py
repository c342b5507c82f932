"""Spark measures what one machine does, every measure of every request."""

import random
import sys

import pyarrow as pa
import pytest

from otklik.base.errors import MissingExtra
from otklik.measures import MEASURES, measure_log
from otklik.measures.facts import facts_schema, waits_schema
from otklik.measures.spark import gathered, measure_on_spark, plain_schema, spark_schema
from tests.measures.random_logs import random_book, random_log

SEED = 3


def test_words_stand_for_codes():
    types = {field.name: field.type for field in plain_schema(facts_schema())}
    assert types["first_reply_state"] == pa.string()
    assert types["first_reply_s"] == pa.float64()


def test_small_batches_are_put_together_and_none_is_lost():
    batches = pa.table({"n": list(range(10))}).to_batches(max_chunksize=3)
    assert [batch.num_rows for batch in gathered(batches, 5)] == [6, 4]
    assert list(gathered([], 5)) == []


def test_without_pyspark_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql.pandas.types", None)
    with pytest.raises(MissingExtra):
        spark_schema(facts_schema())


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    }
    builder = SparkSession.builder.master("local[2]").appName("otklik-parity")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = builder.getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def case():
    rng = random.Random(SEED)
    log, book = random_log(rng, 300), random_book(rng)
    return log, book, measure_log(log, book)


@pytest.fixture(scope="module")
def on_spark(spark, case, tmp_path_factory):
    """Facts and waits measured on Spark, as rows in the order of ours."""
    import pyarrow.parquet as pq

    log, book, _ = case
    path = tmp_path_factory.mktemp("log") / "events.parquet"
    pq.write_table(log.events, path)
    events = spark.read.parquet(str(path))
    tables = {}
    for name, schema in (("facts", facts_schema()), ("waits", waits_schema())):
        arrow = measure_on_spark(events, log.sources, book, table=name).toArrow()
        keys = [(key, "ascending") for key in ("source", "request", "n") if key in schema.names]
        tables[name] = arrow.sort_by(keys)
    return tables


@pytest.mark.spark
@pytest.mark.parametrize("measure", [m for m in MEASURES if m.per == "request"], ids=str)
def test_every_measure_is_the_same_on_spark(measure, case, on_spark):
    _, _, ours = case
    values = [f"{measure.id}_s", f"{measure.id}_business_s"] if measure.unit == "s" else [measure.id]
    for column in ("source", "request", *values, f"{measure.id}_state"):
        assert on_spark["facts"][column].to_pylist() == ours.facts[column].to_pylist(), column


@pytest.mark.spark
def test_the_waits_are_the_same_on_spark(case, on_spark):
    _, _, ours = case
    assert on_spark["waits"].to_pylist() == ours.waits.to_pylist()
