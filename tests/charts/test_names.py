from otklik.charts import names
from otklik.findings.path_steps import NAMES
from otklik.measures.codes import WHYS
from otklik.schemas.events import Kind, Status


def test_every_code_of_the_core_has_a_name():
    assert set(WHYS) <= names.WHYS.keys()
    assert set(NAMES) <= names.STEPS.keys()
    assert {kind.name for kind in Kind} <= names.STEPS.keys()
    assert {status.name for status in Status} <= names.STEPS.keys()


def test_an_unknown_code_is_made_readable():
    assert names.spoken("some_new-code") == "some new code"
