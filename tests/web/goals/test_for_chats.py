"""Goals in a chat: shared ones with their grades and what is broken, on each day once; no person, nothing personal."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from otklik.web.access import Role
from otklik.web.accounts.models import Company, User
from otklik.web.goals import reminding
from otklik.web.goals.models import CheckIn, Cycle, Health, KeyResult, Objective, Reading
from otklik.web.goals.stages import go_on
from otklik.web.jobs.models import Job

CHECK_IN_DAY = datetime(2026, 10, 15, 9, tzinfo=UTC)


@pytest.fixture
def posted(time_machine: Any) -> Callable[[datetime], list[str]]:
    """Travel, lay down what is due, and say what is handed over to chats so far."""

    def go(moment: datetime) -> list[str]:
        time_machine.move_to(moment, tick=False)
        reminding.plan()
        jobs = Job.objects.filter(kind="post-to-chats").order_by("pk")
        assert {job.arguments["about"] for job in jobs} <= {"goals"}
        return [job.arguments["text"] for job in jobs]

    time_machine.move_to(datetime(2026, 10, 1, 3, tzinfo=UTC), tick=False)
    return go


def test_at_a_check_in_the_chat_learns_how_all_shared_goals_stand(
    posted: Callable[[datetime], list[str]], running: Cycle, key_result: KeyResult, goal: Callable[..., Objective]
) -> None:
    goal("Orders leave within a day", level="company", key_results=2)
    Reading.objects.create(health=Health.objects.get(), day=date(2026, 10, 14), value=0.081)
    CheckIn.objects.create(key_result=key_result, day=date(2026, 10, 14), value=0.64, confidence=0.6)
    text = posted(CHECK_IN_DAY)[0]
    lines = text.split("\n")
    assert lines[0] == "Check-in: Q4" and lines[1].startswith("15\xa0October\xa02026")
    assert "• No customer feels forgotten (Support): grade 0.50, confidence 60\xa0%" in lines
    assert "  Broken: Reopened within 7 days, 8.1\xa0%" in lines
    assert "• Orders leave within a day: no grade yet" in lines
    assert "2 key results wait for a check-in." in lines
    assert lines[-1].endswith(f"/goals/{running.pk}/week/")


def test_nothing_personal_and_no_person_is_in_it(
    posted: Callable[[datetime], list[str]], running: Cycle, key_result: KeyResult, goal: Callable[..., Objective],
    person: Callable[..., User], boss: User,
) -> None:  # fmt: skip
    boss.name = "Anna Karenina"
    boss.save()
    goal("Learn Spanish", level="personal", owner=person(Role.MEMBER))
    told = {
        "value": 0.5,
        "note": "Vronsky is slow",
        "obstacle": "Vronsky is ill",
        "decision": "Ask Vronsky",
        "by": boss,
    }
    CheckIn.objects.create(key_result=key_result, day=date(2026, 10, 14), **told)
    text = "\n".join(posted(CHECK_IN_DAY))
    assert [word for word in ("Spanish", "Vronsky", "Anna", "example.org") if word in text] == []
    assert "No customer feels forgotten" in text and "wait" not in text


def test_each_day_is_told_once_in_the_language_of_the_company(
    posted: Callable[[datetime], list[str]], running: Cycle
) -> None:
    Company.objects.update(language="ru")
    for hour in (9, 10, 20):
        texts = posted(CHECK_IN_DAY.replace(hour=hour))
    assert len(texts) == 1
    assert texts[0].startswith("Сверка: Q4\n15\xa0октября\xa02026") and "оценки пока нет" in texts[0]
    assert "1 ключевой результат ждёт сверки." in texts[0]


def test_other_days_say_what_is_to_be_done_and_where(
    posted: Callable[[datetime], list[str]], running: Cycle, boss: User
) -> None:
    running.closing_from, running.check_in_days = date(2026, 12, 25), 60
    running.save()
    go_on(running, "closing", boss)
    (text,) = posted(datetime(2026, 12, 25, 9, tzinfo=UTC))
    assert text.startswith("Grading begins: Q4\n") and text.endswith(f"/goals/{running.pk}/grading/")
    assert "•" not in text


def test_what_breaks_is_told_once_a_week(posted: Callable[[datetime], list[str]], running: Cycle) -> None:
    Reading.objects.create(health=Health.objects.get(), day=date(2026, 10, 2), value=0.1)
    for day in (5, 6, 12):
        texts = posted(datetime(2026, 10, day, 9, tzinfo=UTC))
    broken = [text for text in texts if text.startswith("Something breaks")]
    assert len(broken) == 2
    assert "Broken: Reopened within 7 days, 10\xa0%" in broken[0] and "Goal: No customer feels forgotten" in broken[0]
    assert broken[0].split("\n")[-1].startswith("http")


def test_words_of_people_stay_on_one_line(posted: Callable[[datetime], list[str]], running: Cycle) -> None:
    Objective.objects.update(title="One\nhttp://evil.example\u202e two")
    (text,) = posted(CHECK_IN_DAY)
    assert "• One http://evil.example two (Support)" in text
