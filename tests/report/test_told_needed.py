"""What it takes from now on: one sentence for every kind of key result, and what the volume changes in it."""

import pytest

from otklik.charts.speech import Speech
from otklik.report.told_needed import needed_told
from otklik.schemas.forecasts import Needed
from otklik.schemas.goals import Bound, KeyResult

EN, RU = Speech("en"), Speech("ru")
P90 = KeyResult(title="p90", direction="lower", unit="s", baseline=3600, target=1200,
                source=Bound(measure="first_reply", statistic="quantile", quantile=0.9))  # fmt: skip
SHARE = KeyResult(title="share", unit="share", baseline=0.5, target=0.8, source=Bound(measure="waits", within_s=60))
LOWER = SHARE.model_copy(update={"direction": "lower"})
TOTAL = KeyResult(title="n", source=Bound(measure="resolution", statistic="count"))
OPEN = Needed(verdict="open", needed=0.9)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("key_result", "needed", "words"),
    [
        (SHARE, Needed(verdict="open", needed=0.9, best_week=0.85),
         "It takes 90% from now on; the best week so far had 85%."),
        (SHARE, Needed(verdict="open", needed=0.9), "It takes 90% from now on."),
        (LOWER, Needed(verdict="open", needed=0.96, best_week=0.94),
         "It takes 4% at most from now on; the best week so far had 6%."),
        (P90, Needed(verdict="open", needed=0.93, best_week=0.91),
         "From now on 93% must be within 20 min; in the best week so far 91% were."),
        (P90, Needed(verdict="lost", needed=1.2), "Out of reach: even if everything goes right from now on."),
        (P90, Needed(verdict="safe", needed=-1), "Reached already, whatever comes."),
        (SHARE.model_copy(update={"direction": "keep_above"}), Needed(verdict="open", needed=0.51, remaining=7),
         "It must be kept in 4 of the 7 weeks left."),
        (SHARE.model_copy(update={"direction": "keep_below"}), Needed(verdict="open", needed=4 / 7, remaining=7),
         "It must be kept in 4 of the 7 weeks left."),
        (TOTAL, Needed(verdict="open", needed=66.86), "It takes 66.9 a week from now on."),
        (TOTAL, Needed(verdict="open", needed=66.86, best_week=81, needed_quiet=1.2, needed_busy=0.8),
         "It takes 66.9 a week from now on; the best week so far had 81."),
    ],
)  # fmt: skip
def test_what_it_takes_is_a_sentence(key_result: KeyResult, needed: Needed, words: str) -> None:
    assert plain(needed_told(key_result, needed, EN)) == words
    assert "%(" not in needed_told(key_result, needed, RU)


@pytest.mark.parametrize(
    ("key_result", "quiet", "busy", "words"),
    [
        (SHARE, 0.96, 0.88, "It takes 90% from now on. If few requests come: 96%; if many come: 88%."),
        (SHARE, 1.2, 0.85, "It takes 90% from now on. If few requests come: out of reach; if many come: 85%."),
        (SHARE, -0.1, 0.91,
         "It takes 90% from now on. If few requests come: reached already; if many come: 91%."),
        (SHARE, 0.9001, 0.8999, "It takes 90% from now on."),
        (LOWER, 0.96, 0.88,
         "It takes 10% at most from now on. If few requests come: 4% at most; if many come: 12% at most."),
        (P90, 0.95, 0.87,
         "From now on 90% must be within 20 min. If few requests come: 95%; if many come: 87%."),
    ],
)  # fmt: skip
def test_a_quiet_and_a_busy_rest_are_told_where_they_differ(
    key_result: KeyResult, quiet: float, busy: float, words: str
) -> None:
    needed = OPEN.model_copy(update={"needed_quiet": quiet, "needed_busy": busy})
    assert plain(needed_told(key_result, needed, EN)) == words
    assert "%(" not in needed_told(key_result, needed, RU)


@pytest.mark.parametrize(
    ("verdict", "words"),
    [("safe", "Reached already, whatever comes."), ("missed", "Missed."), ("reached", "Reached."),
     ("lost", "Out of reach: even if everything goes right from now on."),
     ("unknown", "Too little is on record to say what it takes.")],
)  # fmt: skip
def test_what_is_decided_is_told_in_a_word(verdict: str, words: str) -> None:
    assert needed_told(SHARE, Needed.model_validate({"verdict": verdict}), EN) == words
