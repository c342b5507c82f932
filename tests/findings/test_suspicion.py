import numpy as np

from otklik.findings.suspicion import EXAMPLES, suspicion
from tests.findings.cases import many


def test_a_request_counts_once_and_ten_are_named():
    found = suspicion(many(40), np.repeat(np.arange(12), 3), np.arange(40))
    assert (found.n, found.of) == (12, 40)
    assert len(found.examples) == EXAMPLES
    assert found.examples[0] == "R00000"
