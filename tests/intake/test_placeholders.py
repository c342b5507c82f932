import pyarrow as pa
import pytest

from otklik.intake.placeholders import is_placeholder, without_placeholders


@pytest.mark.parametrize(
    "name", ["EMPTY", "(null)", "N/A", "none", "-", "—", " ", "<empty>", "[ None ]", "Не указано", "(пусто)"]
)
def test_a_word_for_nothing_is_nothing(name):
    assert is_placeholder(name)


@pytest.mark.parametrize("name", ["NA", "Unknown", "Empty bottles", "()x", "Nonesuch", "(", "0", "First line - night"])
def test_a_name_is_a_name(name):
    assert not is_placeholder(name)


@pytest.mark.parametrize("kind", [pa.string(), pa.dictionary(pa.int32(), pa.string())])
def test_only_the_columns_asked_for_are_cleared(kind):
    table = pa.table({"team": pa.array(["A", "EMPTY", None, "-"]).cast(kind), "subject": ["none", "-", "x", None]})
    cleared = without_placeholders(table, ["team"])
    assert cleared["team"].to_pylist() == ["A", None, None, None]
    assert cleared["subject"].to_pylist() == ["none", "-", "x", None]
    assert cleared.schema == table.schema
