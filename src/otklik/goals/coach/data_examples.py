"""Failing and passing examples of the rules on data, in Russian and English."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from otklik.goals.coach.examples import START, Example, Language, sound_cycle, sound_key_results, sound_objective
from otklik.schemas.coach import GamingSign, LogSays, SaidAtCheckIn
from otklik.schemas.goals import Cycle

_MIDDLE: Final = date(2026, 2, 16)
_MONDAYS: Final = tuple(_MIDDLE - timedelta(days=7 * n) for n in range(4))

_P90: Final = {
    "en": "p90 of first reply: from {start} to {target} minutes",
    "ru": "p90 первого ответа: с {start} до {target} минут",
}
_Case = tuple[str, bool, str, str, dict[str, Any], dict[str, Any]]
_MEASURED: Final = {"at_start": 62, "at_start_low": 55, "at_start_high": 71}
_LOW: Final = {"measured": 24, "measured_low": 22, "measured_high": 27, "on": START - timedelta(days=3)}
_SOUND: Final = {"last_record_age_days": 0.3, "unusable_share": 0.004}

_CASES: Final[tuple[_Case, ...]] = (
    ("D1", False, "target 30 min, last 28 days measured 24 [22; 27]",
     "цель 30 мин, за последние 28 дней измерено 24 [22; 27]", {"baseline": None, "target": 30}, _LOW),
    ("D1", True, "target 15 min, measured 24 [22; 27]", "цель 15 мин, измерено 24 [22; 27]",
     {"baseline": None, "target": 15}, _LOW),
    ("D2", False, "3 requests a day, p90 from 60 to 50 min, while less than 31 min cannot be seen",
     "3 обращения в день, p90 с 60 до 50 мин, а меньше 31 мин не разглядеть",
     {"baseline": 60, "target": 50}, {"at_start": 60, "visible_change": 31}),
    ("D2", True, "40 requests a day, p90 from 60 to 40 min, 12 min can be seen",
     "40 обращений в день, p90 с 60 до 40 мин, видно от 12 мин",
     {"baseline": 60, "target": 40}, {"at_start": 60, "visible_change": 12}),
    ("D3", False, "typed 90 min, measured 62 [55; 71]", "записано 90 мин, измерено 62 [55; 71]",
     {"baseline": 90, "target": 20}, _MEASURED),
    ("D3", True, "the start as measured, 62 [55; 71]", "начало как измерено, 62 [55; 71]",
     {"baseline": 62, "target": 20}, _MEASURED),
    ("D4", False, "last record 9 days old", "последней записи 9 дней", {}, _SOUND | {"last_record_age_days": 9}),
    ("D4", False, "calls are absent", "звонков в записях нет", {}, _SOUND | {"missing_channels": ("phone",)}),
    ("D4", False, "8% of the records cannot be used", "8 % записей непригодны", {}, _SOUND | {"unusable_share": 0.08}),
    ("D4", True, "refreshed last night, all channels, 0.4% rejected", "обновлено ночью, все каналы, отклонено 0,4 %",
     {}, _SOUND),
    ("D5", False, "“all fine”, probability 8%, twice running", "«всё хорошо», вероятность 8 %, дважды подряд",
     {}, {"check_ins": tuple(SaidAtCheckIn(day=day, confidence=0.9 - n / 10, probability=0.08)
                             for n, day in enumerate(_MONDAYS[:2]))}),
    ("D5", False, "green, last word 24 days ago", "зелёное, последнее слово 24 дня назад",
     {}, {"status": "green", "last_check_in": _MIDDLE - timedelta(days=24)}),
    ("D5", False, "confidence 0.5 four times running", "уверенность 0,5 четыре раза подряд",
     {}, {"check_ins": tuple(SaidAtCheckIn(day=day, confidence=0.5) for day in _MONDAYS)}),
    ("D5", True, "confidence 4 of 10, the reason, a change planned", "уверенность 4 из 10, причина, намечено изменение",
     {}, {"status": "amber", "last_check_in": _MIDDLE,
          "check_ins": (SaidAtCheckIn(day=_MIDDLE, confidence=0.4, probability=0.3),)}),
    ("D6", False, "18% of replies at 14:30-15:00, 3% at 15:00-15:30; it was even before",
     "18 % ответов в 14:30-15:00 и 3 % в 15:00-15:30, раньше было ровно",
     {}, {"gaming": (GamingSign(kind="pile_up", now=6, before=1.2),)}),
    ("D6", False, "time on hold doubled", "время на паузе удвоилось",
     {}, {"gaming": (GamingSign(kind="on_hold", now=0.2, before=0.1),)}),
    ("D6", False, "a third of the first replies are automatic", "треть первых ответов автоматические",
     {}, {"gaming": (GamingSign(kind="auto_reply", now=0.33, before=0.02),)}),
    ("D6", False, "two thirds of the gain come from the mix of channels", "две трети выигрыша — от смены каналов",
     {}, {"gaming": (GamingSign(kind="mix", now=0.66),)}),
    ("D6", True, "smooth around the limit; the gain holds within each channel",
     "у границы ровно, выигрыш держится в каждом канале",
     {}, {"gaming": (GamingSign(kind="pile_up", now=1.3, before=1.2), GamingSign(kind="mix", now=0.1),
                     GamingSign(kind="reopened", now=0.05, before=0.05))}),
)  # fmt: skip


def data_examples() -> list[Example]:
    """Every example of the rules D1-D6."""
    return [one for case in _CASES for one in _both(case)]


def _both(case: _Case) -> Iterator[Example]:
    rule, passes, english, russian, changed, told = case
    spoken: tuple[tuple[Language, str], ...] = (("en", english), ("ru", russian))
    for language, shown in spoken:
        log = LogSays.model_validate({"on": _MIDDLE} | told)
        yield Example(rule, language, passes, shown, _cycle(language, changed), {"early": log})


def _cycle(language: Language, changed: dict[str, Any]) -> Cycle:
    early, late = sound_key_results(language)
    if changed:
        start = changed["baseline"] if changed["baseline"] is not None else 45
        title = _P90[language].format(start=start, target=changed["target"])
        told = {"title": title, "unit": "min", "direction": "lower", "checkpoints": ()} | changed
        early = early.model_copy(update=told)
        late = late.model_copy(update={"due": date(2026, 3, 1)})
    return sound_cycle(sound_objective(language, key_results=(early, late)))
