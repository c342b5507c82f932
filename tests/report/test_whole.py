import pytest

from otklik.charts import Speech
from otklik.report.whole import sections
from tests.report.fabricated import every


@pytest.mark.parametrize("name", ["shop", "office", "tiny"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_nine_questions_in_order_each_with_an_answer(name: str, language: str):
    report = every()[name]
    told = sections(report, Speech.about(report, language))
    assert [section.id for section in told] == [
        "fast", "waiting", "where", "when", "who", "change", "barriers", "longest", "quality",
    ]  # fmt: skip
    assert all(section.title and "".join(section.lead) for section in told)


def test_pictures_have_names_of_their_own():
    report = every()["shop"]
    blocks = [block for section in sections(report, Speech.about(report, "en")) for block in section.blocks]
    uids = [getattr(block, "figure", block).uid for block in blocks if block.kind in ("figure", "story")]
    assert len(uids) == len(set(uids))
