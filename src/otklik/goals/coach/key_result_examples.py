"""Failing and passing examples of the rules on key results, in Russian and English."""

from datetime import date
from typing import Any, Final

from otklik.goals.coach.examples import Example, Language, key_result_example
from otklik.schemas.goals import Bound, Step

_Pair = tuple[str, str, dict[str, Any]]
_MOVES: Final = {"baseline": 0.35, "target": 0.9, "unit": "share"}
"""Fields that say the movement beside the text, so that only the words are at fault."""


def _count(n: float) -> dict[str, Any]:
    return {"baseline": 0, "target": n, "unit": "pcs"}


_TITLES: Final[dict[str, tuple[list[_Pair], list[_Pair]]]] = {
    "K1": (
        [
            ("Клиенты ждут ответа заметно меньше", "Customers wait noticeably less for a reply", {}),
            ("p90 ожидания на линии становится меньше", "p90 of waiting on the line gets smaller", {}),
        ],
        [
            ("p90 времени до первого ответа: с 62 мин до 20 мин",
             "p90 of time to first reply: from 62 min to 20 min", {}),
            ("Доля ответов в срок", "Share answered in time", {"baseline": 0.5, "target": 0.8, "unit": "share"}),
        ],
    ),
    "K2": (
        [
            ("p90 времени первого ответа 20 минут", "p90 time to first reply of 20 minutes", {}),
            ("Доля звонков, принятых за 20 секунд, 85 %", "85% of calls picked up within 20 seconds", {}),
            ("Сократить вдвое медиану ожидания в минутах", "Halve the median wait in minutes", {"unit": "min"}),
        ],
        [
            ("p90 времени первого ответа: с 62 до 20 минут", "p90 time to first reply from 62 to 20 minutes", {}),
            ("Доля возобновлённых обращений остаётся не выше 6 %",
             "Share of reopened requests stays at or below 6%", {}),
            ("Доля решённых за день: 41 % → 60 %", "Share resolved within a day: 41% -> 60%", {}),
        ],
    ),
    "K3": (
        [
            ("Проанализировать 200 задержанных заявок", "Analyse 200 delayed requests", _count(200)),
            ("Участвовать в 12 разборах жалоб", "Participate in 12 complaint reviews", _count(12)),
            ("Помочь 30 сотрудникам с новой очередью", "Help 30 colleagues with the new queue", _count(30)),
        ],
        [
            ("Доля заявок без ответа дольше суток: с 7 % до 2 %",
             "Share of requests unanswered after a day: from 7% to 2%", {}),
            ("Доля отзывов с ответом за 4 часа: с 35 % до 90 %",
             "Reviews answered within 4 hours: from 35% to 90%", {}),
            ("p90 времени, за которое нам помогает склад: с 6 до 2 часов",
             "p90 of time to review a claim from 5 to 2 days", {}),
        ],
    ),
    "K4": (
        [
            ("Внедрить 3 шаблона ответов", "Introduce 3 reply templates", _count(3)),
            ("Запуск 2 новых каналов связи", "Launch 2 new channels", _count(2)),
        ],
        [
            ("Доля обращений, решённых с первого ответа: с 41 % до 60 %",
             "Share of contacts settled in the first reply: from 41% to 60%", {}),
            ("Установка интернета: p90 срока с 9 до 4 дней", "Release notes read by customers: from 12% to 40%", {}),
            ("Новая очередь звонков работает", "The new call queue works",
             {"direction": "milestone",
              "steps": (Step(title="pilot", due=date(2026, 2, 1), done=True, evidence="wiki/pilot"),
                        Step(title="all", due=date(2026, 3, 1)))}),
        ],
    ),
    "K5": (
        [
            ("Медиана времени ответа: с 45 до 12", "Median reply time from 45 to 12", {}),
            ("p90 времени решения остаётся не выше 30", "p90 of resolution time stays at or below 30", {}),
        ],
        [
            ("Медиана времени ответа: с 45 до 12 минут", "Median reply time from 45 to 12 minutes", {}),
            ("Количество повторных жалоб: с 40 до 15", "Number of repeated complaints: from 40 to 15", {}),
            ("NPS после обращения: с 31 до 45", "NPS after a request: from 31 to 45", {}),
        ],
    ),
    "K6": (
        [
            ("Время ответа в мессенджере: с 60 до 15 минут", "Reply time in messengers from 60 to 15 minutes", {}),
            ("Ожидание на линии: с 4 мин до 1 мин", "Waiting on the line: from 4 min to 1 min", {}),
            ("Время ответа: с 60 до 15 минут", "Reply time: from 60 to 15 minutes",
             {"source": Bound(measure="first_reply", statistic="quantile")}),
        ],
        [
            ("p90 времени ответа в мессенджере: с 60 до 15 минут",
             "p90 of reply time in messengers from 60 to 15 minutes", {}),
            ("Время ответа: с 60 до 15 минут", "Reply time: from 60 to 15 minutes",
             {"source": Bound(measure="first_reply", statistic="quantile", quantile=0.9)}),
            ("Простой касс: с 5 до 2 часов в месяц", "Downtime of the tills: from 5 to 2 hours a month", {}),
        ],
    ),
    "K7": (
        [
            ("Среднее время решения: с 30 до 20 часов", "Average resolution time from 30 to 20 hours", {}),
            ("Клиент ждёт в среднем: с 12 до 5 минут", "Mean wait on the phone from 12 to 5 minutes", {}),
        ],
        [
            ("Доля решённых за 24 часа: с 55 % до 80 %", "Share resolved within 24 hours: from 55% to 80%", {}),
            ("Средняя оценка после визита: с 4,1 до 4,6", "Average rating after a visit: from 4.1 to 4.6", {}),
        ],
    ),
    "K8": (
        [
            ("Оперативно отвечать на 90 % отзывов", "Promptly answer 90% of reviews", _MOVES),
            ("Доля заявок, закрытых своевременно: с 60 % до 80 %",
             "Share of requests closed in a timely manner: from 60% to 80%", {}),
        ],
        [
            ("Доля отзывов с ответом за 4 часа: с 35 % до 90 %",
             "Share of reviews answered within 4 hours: from 35% to 90%", {}),
            ("Доля ответов быстрее 15 минут: с 40 % до 70 %",
             "Share of replies faster than 15 minutes: from 40% to 70%", {}),
        ],
    ),
    "K9": (
        [
            ("Отвечать на 100 % звонков за 20 секунд", "Answer every call within 20 seconds",
             {"baseline": 0.68, "target": 1.0, "unit": "share"}),
            ("Ни один гость не ждёт столик дольше 10 минут", "Guests never wait for a table longer than 10 minutes",
             {"baseline": 0.7, "target": 1.0, "unit": "share"}),
        ],
        [
            ("Доля звонков, принятых за 20 секунд: с 68 % до 85 %",
             "Share of calls picked up within 20 seconds: from 68% to 85%", {}),
            ("p90 ответа по всем каналам: с 62 до 20 минут",
             "p90 of replies across all channels: from 62 to 20 minutes", {}),
            ("Отвечать на 100 % аварийных звонков за 20 секунд", "Answer every emergency call within 20 seconds",
             {"baseline": 0.96, "target": 1.0, "unit": "share", "commitment": "committed"}),
        ],
    ),
}  # fmt: skip


def _both(russian: str, english: str) -> tuple[tuple[Language, str], tuple[Language, str]]:
    return ("ru", russian), ("en", english)


def key_result_examples() -> list[Example]:
    """Every example of the rules K1-K9."""
    return [
        key_result_example(rule, language, passes, title, **changed)
        for rule, sides in _TITLES.items()
        for passes, pairs in ((False, sides[0]), (True, sides[1]))
        for russian, english, changed in pairs
        for language, title in _both(russian, english)
    ]
