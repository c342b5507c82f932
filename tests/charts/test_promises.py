import pytest

from otklik.charts import promises
from otklik.charts.promises import promise, verdict
from tests.charts.speakers import EN, RU, words_of
from tests.report.fabricated import shop


def test_a_promise_in_words():
    kept = shop().targets[1].target
    said = promise(kept, EN).replace("\u00a0", " ")
    assert said == "First reply within 8 h for 80%, in working hours, channel: email"


@pytest.mark.parametrize(("place", "english", "russian"), [(0, "not kept", "не выполнен"), (1, "kept", "выполнен"),
                                                           (2, "cannot be told yet", "пока не ясно")])  # fmt: skip
def test_a_verdict_in_words(place: int, english: str, russian: str):
    result = shop().targets[place]
    assert verdict(result, EN) == english and verdict(result, RU) == russian


def test_each_promise_is_drawn_with_its_verdict():
    picture = promises(shop().targets, EN, "")
    assert "not kept" in words_of(picture) and len(picture.table.rows) == 3


def test_the_share_stands_beside_the_verdict():
    words = words_of(promises(shop().targets, EN, ""))
    shares = [f"{EN.format.share(result.share)}, {verdict(result, EN)}" for result in shop().targets if result.share]
    assert shares and all(share in words for share in shares)
