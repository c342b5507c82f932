"""One request told."""

from datetime import UTC, datetime, timedelta

from otklik.charts import Speech
from otklik.report.blocks import Story
from otklik.report.sections.one_request import one_request
from otklik.schemas.requests import ToldRequest
from otklik.schemas.results import Explanation, Interval

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def told(*intervals: Interval) -> ToldRequest:
    explained = Explanation(
        source="desk", request="7", subject=None, measure="first_reply", state="done", value_s=3600.0,
        business_s=1800.0, calendar="ru", intervals=list(intervals),
    )  # fmt: skip
    nothing = dict.fromkeys(("subject", "customer", "channel", "category", "priority", "segment", "team"))
    return ToldRequest(source="desk", request="7", attributes={}, events=[], explanations=[explained], **nothing)


def piece() -> Interval:
    return Interval(
        start=START, end=START + timedelta(hours=1), seconds=3600.0, business_s=1800.0, counted=True,
        why="waiting_for_reply", start_event="customer_message", end_event="reply",
    )  # fmt: skip


def test_each_measure_is_a_story_with_its_value_in_both_clocks() -> None:
    (story,) = one_request(told(piece()), Speech("en")).blocks
    assert isinstance(story, Story)
    assert str(story.value) == "1\N{NO-BREAK SPACE}h"
    assert "30\N{NO-BREAK SPACE}min" in " ".join(str(sentence) for sentence in story.sentences)
    assert len(story.figure.picture.table.rows) == 1


def test_a_request_without_numbers_says_so() -> None:
    section = one_request(told(), Speech("ru"))
    assert not section.blocks
    assert len(section.lead) == 1
