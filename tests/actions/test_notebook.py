import pyarrow as pa
import pytest

import otklik


@pytest.fixture
def speed(shop):
    return otklik.read(shop).measure(calendar="24x7")


def test_a_curve_by_channel_is_a_table_that_draws_itself(speed) -> None:
    curve = speed.first_reply.curve(by="channel")
    assert set(curve.arrow["value"].to_pylist()) == {"chat", "email"}
    assert set(curve.arrow.column_names) == {"value", "at_s", "share", "low", "high"}
    drawn = curve._repr_mimebundle_()
    assert any("vega" in kind or "svg" in kind or "html" in kind for kind in drawn)


def test_tables_turn_into_what_people_work_with(speed) -> None:
    quantiles = speed.first_reply.business.quantiles(by="team")
    assert quantiles.to_pandas().shape[0] == quantiles.to_polars().height == quantiles.arrow.num_rows > 0
    assert pa.table(quantiles).num_rows == quantiles.arrow.num_rows


def test_measures_are_attributes_and_typos_are_not(speed) -> None:
    assert "first_reply" in dir(speed)
    assert speed.resolution.measure == "resolution"
    with pytest.raises(AttributeError):
        _ = speed.first_replay


def test_one_number_is_explained(speed) -> None:
    (explained,) = speed.first_reply.explain("0017")
    assert explained.value_s == 1800


def test_facts_waits_and_the_whole_report(speed) -> None:
    assert speed.facts.num_rows == 5
    assert speed.waits.num_rows >= 0
    assert speed.report(language="ru").log.requests == 5


def test_the_log_shows_its_tables_and_guesses(shop) -> None:
    log = otklik.read(str(shop))
    assert log.requests.num_rows == 5 and log.events.num_rows > 5
    assert list(log.guesses)


def test_the_package_has_no_other_front_door() -> None:
    with pytest.raises(AttributeError):
        _ = otklik.nonsense
