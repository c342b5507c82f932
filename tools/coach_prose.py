"""What people wrote for the pages that are made from the rules of the coach and the columns of goals."""

# ruff: noqa: E501  lines of the pages are as long as those of other pages

RULES_PROSE = {
    "en": {
        "head": """
# The rules of the coach

<!-- made by tools/coach_pages.py from the rules themselves: change the rules, then run `make docs` -->

The coach looks at objectives and key results and says what weakens them, why, and how to put it right. It has thirty
rules: on the text of an objective (O), the text of a key result (K), the structure (S) and what the log says (D). Text
rules answer as you type, structure rules when you save, data rules every night. In a terminal:

```
otklik okr lint goals.toml          # findings with the words at fault underlined; exit code 1 when there is an error
otklik okr lint goals.xlsx --json   # the same for programs: rule, place, span, key, facts, severity
otklik okr lint goals.csv --off O1  # without a rule
otklik okr lint goals.toml --log otklik-log  # with the rules on data: they judge by a log
```

[Files of goals](okr-files.md) tells how a file looks.

- **Severity.** An *error* keeps a cycle from being started, a *warning* asks for a second look, a *hint* is only a hint.
- **Switch.** Each rule can be off: `--off RULE` on the command line, *Goals, Numbers and rules* in the application, or in the
  file. There the cycle follows `profile = "own"`, and `own` says what is otherwise than in the school it is based on:

```toml
profile = "own"
own = { base = "google", off = ["O5"], limits = { late_days = 3 }, changes = { objectives_warn_over = 2 } }
```

- **Limits** come from the cycle's profile (`google`, `wodtke`, `own`) where it has them, else from the numbers below.
- **Waiver.** When a rule is wrong for you, say so where the objective is, with a reason; without a reason it does not
  count. The finding stays visible as waived. `place` is `""` for the whole objective, `kr:2`, or a key result's id:

```toml
waivers = [{ rule = "O1", reason = "the regulator wants the portal by May", by = "Anna", place = "" }]
```

- **Strength.** An objective begins with 100 points. An error costs 30, a warning 12, a hint 4; what is found at one of
  several key results costs its part of that.
- **Languages.** Russian words are looked up by their lemmas, English ones by position: *Review 200 requests* is work,
  *Reviews answered within 4 hours* is not. Each text is read in the language it is written in.
""",
        "objective": "An objective says what shall be true for whom, in one line without numbers.",
        "key_result": "A key result is a number that goes from a start to an end, or stays within a limit. Start, target and "
        "unit may stand in their own fields instead of the text; some examples have them there, so that only the words are "
        "at fault. Typed without these fields they meet K1 or K2 as well.",
        "structure": "How objectives and key results stand together in a cycle.",
        "data": "What the log and the check-ins say of a key result. These rules are silent where the log knows nothing.",
        "source": "Source",
        "limit": "Limit",
        "fails": "Weak",
        "passes": "Sound",
        "corpus": """
## How well it does

The text rules O1-O6 and K1-K9 were tried on lines in English and Russian that we made up and labelled by hand
(`tests/goals/coach/corpus.toml`). *Precision* is the share of findings that a reader agrees with, *recall* the share of
what a reader named that was found. Honest limits: those who wrote the rules wrote the lines too, which flatters them;
the coach was corrected by some of what it got wrong, so only the figures at first sight are about lines it had not seen.
Error rates on real goals of strangers are not known yet.
""",
        "batches": "| Batch | Lines | At first sight, precision / recall | Now, precision / recall |",
        "by_rule": "| Rule | Found rightly | Found wrongly | Missed |",
    },
    "ru": {
        "head": """
# Правила наставника

<!-- made by tools/coach_pages.py from the rules themselves: change the rules, then run `make docs` -->

Наставник смотрит на цели и ключевые результаты и говорит, что их ослабляет, почему и как это исправить. У него тридцать
правил: о тексте цели (O), о тексте ключевого результата (K), о структуре (S) и о том, что говорит журнал (D). Правила о
тексте отвечают, пока вы пишете, правила о структуре — при сохранении, правила о данных — каждую ночь. В терминале:

```
otklik okr lint goals.toml          # замечания, нужные слова подчёркнуты; код выхода 1, если есть ошибка
otklik okr lint goals.xlsx --json   # то же для программ: правило, место, отрезок, ключ, факты, тяжесть
otklik okr lint goals.csv --off O1  # без одного правила
otklik okr lint goals.toml --log otklik-log  # и с правилами о данных: они судят по журналу
```

Как выглядит файл, рассказано в разделе [Файлы целей](okr-files.md).

- **Тяжесть.** С *ошибкой* цикл не начать, *предупреждение* просит взглянуть ещё раз, *подсказка* — только подсказка.
- **Выключатель.** Любое правило можно выключить: `--off ПРАВИЛО` в командной строке, *Цели, Числа и правила* в приложении или
  в файле. Тогда цикл следует `profile = "own"`, а `own` говорит, что в нём иначе, чем в школе, взятой за основу:

```toml
profile = "own"
own = { base = "google", off = ["O5"], limits = { late_days = 3 }, changes = { objectives_warn_over = 2 } }
```

- **Пороги** берутся из профиля цикла (`google`, `wodtke`, `own`), если они там есть, иначе из чисел ниже.
- **Отступление.** Если правило вам не подходит, скажите об этом рядом с целью и назовите причину; без причины отступление
  не действует. Замечание остаётся видимым с пометкой. `place` — это `""` для всей цели, `kr:2` или код ключевого
  результата:

```toml
waivers = [{ rule = "O1", reason = "портал к маю требует регулятор", by = "Анна", place = "" }]
```

- **Сила.** У цели сначала 100 очков. Ошибка стоит 30, предупреждение 12, подсказка 4; замечание к одному из нескольких
  ключевых результатов стоит соответствующую долю.
- **Языки.** Русские слова ищутся по леммам, английские — по месту в строке: *Review 200 requests* — это работа, а
  *Reviews answered within 4 hours* — нет. Каждый текст читается на том языке, на котором написан.
""",
        "objective": "Цель говорит, что и для кого станет правдой: одной строкой и без чисел.",
        "key_result": "Ключевой результат — число, которое идёт от начального значения к целевому или остаётся в границах. "
        "Начальное и целевое значения и единица могут стоять в своих полях, а не в тексте; в части примеров они стоят "
        "там, чтобы виноваты были только слова. Без этих полей такие примеры встретят ещё и K1 или K2.",
        "structure": "Как цели и ключевые результаты стоят вместе в цикле.",
        "data": "Что говорят о ключевом результате журнал и сверки. Где журнал ничего не знает, эти правила молчат.",
        "source": "Источник",
        "limit": "Порог",
        "fails": "Слабо",
        "passes": "Крепко",
        "corpus": """
## Насколько он точен

Правила о тексте O1-O6 и K1-K9 проверены на русских и английских строках, которые мы придумали и разметили вручную
(`tests/goals/coach/corpus.toml`). *Точность* — доля замечаний, с которыми согласен читатель, *полнота* — доля найденного
из того, что назвал читатель. Честные оговорки: строки придумали те же люди, что писали правила, и это им льстит; по части
промахов наставника поправили, поэтому о невиданных строках говорят только числа «с первого взгляда». Какова доля ошибок на
настоящих чужих целях, пока неизвестно.
""",
        "batches": "| Партия | Строк | С первого взгляда, точность / полнота | Сейчас, точность / полнота |",
        "by_rule": "| Правило | Найдено верно | Найдено зря | Пропущено |",
    },
}
LIMITS = {
    "en": {
        "objective_words_min": "fewer words say nothing",
        "objective_words_max": "more words are not remembered",
        "why_words_min": "words that a reason needs at least",
        "objectives_warn": "more objectives of one team are a warning",
        "objectives_max": "more are an error",
        "personal_objectives_max": "more of one person are an error",
        "key_results_min": "fewer key results are a warning, none is an error",
        "key_results_max": "more are an error",
        "copy_similarity": "from here on two titles are a copy, 0 to 1",
        "late_days": "days since the last record",
        "unusable_share": "share of records that cannot be used",
        "confident": "from here on the team is sure",
        "unlikely": "up to here the data doubt it",
        "disagreeing_check_ins": "check-ins running on which both hold",
        "check_in_grace_days": "days past the check-in that is due",
        "unchanged_check_ins": "check-ins running with the same confidence",
        "pile_up_growth": "how many times more than before the start lie just below the limit",
        "pile_up_alone": "the same where nothing is known of before",
        "gaming_growth": "how many times more than before the start",
        "gaming_share": "smaller shares are not looked at",
        "auto_reply_share": "share of automatic first replies",
        "mix_share": "part of the gain that the mix explains",
    },
    "ru": {
        "objective_words_min": "меньше слов ничего не говорят",
        "objective_words_max": "больше слов не запоминают",
        "why_words_min": "сколько слов нужно причине",
        "objectives_warn": "больше целей у одной команды — предупреждение",
        "objectives_max": "ещё больше — ошибка",
        "personal_objectives_max": "больше у одного человека — ошибка",
        "key_results_min": "меньше ключевых результатов — предупреждение, ни одного — ошибка",
        "key_results_max": "больше — ошибка",
        "copy_similarity": "с этого сходства названий, от 0 до 1, цель считается копией",
        "late_days": "дней с последней записи",
        "unusable_share": "доля непригодных записей",
        "confident": "с этого значения команда уверена",
        "unlikely": "до этого значения данные сомневаются",
        "disagreeing_check_ins": "сколько сверок подряд верно и то и другое",
        "check_in_grace_days": "дней сверх срока сверки",
        "unchanged_check_ins": "сверок подряд с одной и той же уверенностью",
        "pile_up_growth": "во сколько раз больше, чем до начала, лежит чуть ниже границы",
        "pile_up_alone": "то же, если о прежнем ничего не известно",
        "gaming_growth": "во сколько раз больше, чем до начала",
        "gaming_share": "меньшие доли не рассматриваются",
        "auto_reply_share": "доля автоматических первых ответов",
        "mix_share": "часть выигрыша, которую объясняет смена каналов",
    },
}
FILES = {
    "en": {
        "head": """
# Files of goals

<!-- made by tools/coach_pages.py from the columns themselves: change them, then run `make docs` -->

Goals can lie in a file of their own, in git beside your other files, or come from a spreadsheet. Otklik reads and writes
TOML, JSON, CSV and XLSX; what it has written it reads back without loss. A file without days of a cycle is taken for the
quarter that today is in.

## TOML and JSON

The whole cycle with everything in it; what is left out has its default. JSON has the same fields.

```toml
title = "Q1 2026"
start = 2026-01-01
end = 2026-03-31

[[objectives]]
title = "No customer ever feels forgotten"
why = "a third of cancelled orders waited over an hour in silence"
team = "Support"
commitment = "aspirational"
contributes_to = ["company-1"]
health = [{ title = "Reopened within 7 days", unit = "share", high = 0.06 }]
needs = [{ team = "Orders", what = "An owner for each handed-over request on the same day", due = 2026-02-27 }]

[[objectives.key_results]]
title = "Share of requests answered within 15 minutes: from 48% to 80%"
unit = "share"
baseline = 0.48
target = 0.8
owners = ["Anna Orlova"]
leading = true
source = { how = "measure", measure = "first_reply", within_s = 900 }
checkpoints = [{ day = 2026-02-15, value = 0.65 }]
```

Shares are written 0..1 with `unit = "share"`, waits in seconds with `unit = "s"` where the log measures them.
`window_days = 0` stands for the whole cycle.

## CSV and XLSX

One row a key result. The first row names the columns, in English, in Russian or by code, in any order; only *Objective* is
needed. A row whose objective is empty goes on with the objective above it. CSV may be separated by commas, semicolons or
tabs and come in any of the usual encodings. Of a workbook the sheet with the most rows is read.
""",
        "columns": "| Heading | Code | Of | What stands there |",
        "cycle": "cycle",
        "objective": "objective",
        "key_result": "key result",
        "source": "source of the number",
        "which": "which requests",
        "tail": """
Several values in a cell are separated by `;`. A percentage such as `48 %` is read as 0.48. Without a direction it follows
from the starting and target values. A measure makes the number come from the log, a series from a program.

When something cannot be read, the message names the file, the row and the column. Texts that a spreadsheet would take for a
formula are written with an apostrophe before them, and it is taken off when the file is read.
""",
    },
    "ru": {
        "head": """
# Файлы целей

<!-- made by tools/coach_pages.py from the columns themselves: change them, then run `make docs` -->

Цели могут лежать в отдельном файле, в git рядом с остальными вашими файлами, или прийти из таблицы. Отклик читает и пишет
TOML, JSON, CSV и XLSX; записанное он читает обратно без потерь. Если в файле нет дней цикла, берётся текущий квартал.

## TOML и JSON

Весь цикл целиком; у пропущенного — значение по умолчанию. В JSON те же поля.

```toml
title = "I квартал 2026"
start = 2026-01-01
end = 2026-03-31

[[objectives]]
title = "Ни один клиент не чувствует себя забытым"
why = "каждый третий отменённый заказ молча ждал ответа больше часа"
team = "Поддержка"
commitment = "aspirational"
contributes_to = ["company-1"]
health = [{ title = "Возобновлено за 7 дней", unit = "share", high = 0.06 }]

[[objectives.key_results]]
title = "Доля обращений с ответом за 15 минут: с 48 % до 80 %"
unit = "share"
baseline = 0.48
target = 0.8
owners = ["Анна Орлова"]
leading = true
source = { how = "measure", measure = "first_reply", within_s = 900 }
checkpoints = [{ day = 2026-02-15, value = 0.65 }]
```

Доли пишутся от 0 до 1 с `unit = "share"`, ожидания, которые меряет журнал, — в секундах с `unit = "s"`.
`window_days = 0` означает весь цикл.

## CSV и XLSX

Одна строка — один ключевой результат. Первая строка называет столбцы: по-русски, по-английски или кодом, в любом порядке;
обязательна только «Цель». Строка без цели продолжает цель над ней. В CSV подойдут запятые, точки с запятой и табуляция и
любая обычная кодировка. Из книги читается лист, где больше всего строк.
""",
        "columns": "| Заголовок | Код | К чему относится | Что в ячейке |",
        "cycle": "цикл",
        "objective": "цель",
        "key_result": "ключевой результат",
        "source": "откуда число",
        "which": "какие обращения",
        "tail": """
Несколько значений в ячейке разделяет `;`. Процент, например `48 %`, читается как 0,48. Если направление не указано, оно
следует из начального и целевого значений. Показатель означает, что число берётся из журнала, ряд — что его присылает
программа.

Если что-то не прочитать, сообщение назовёт файл, строку и столбец. Тексты, которые таблица приняла бы за формулу, пишутся
с апострофом впереди, при чтении он снимается.
""",
    },
}
CELLS = {
    "en": {
        "text": "text",
        "number": "a number; `48 %`, `0,48` and `1 200` too",
        "whole": "a whole number",
        "day": "a day: 2026-03-31 or 31.03.2026",
        "yes": "yes or no",
        "list": "one or several, with `;` between",
        "json": "a list in JSON; steps and health measures also as titles with `;` between",
        "object": "a JSON object, as [the page of rules](okr-rules.md) shows it",
        "checkpoints": "`2026-02-15=0.6; 2026-03-15=0.7`",
    },
    "ru": {
        "text": "текст",
        "number": "число; можно `48 %`, `0,48` и `1 200`",
        "whole": "целое число",
        "day": "день: 2026-03-31 или 31.03.2026",
        "yes": "да или нет",
        "list": "одно или несколько, между ними `;`",
        "json": "список в JSON; шаги и контрольные показатели — также названиями через `;`",
        "object": "объект JSON, как его показывает [страница правил](okr-rules.md)",
        "checkpoints": "`2026-02-15=0.6; 2026-03-15=0.7`",
    },
}
KINDS = {
    "en": {
        "objective_number": "rows with the same number are one objective",
        "within_s": "seconds, or a length of time such as `15 min`",
    },
    "ru": {
        "objective_number": "строки с одним номером — одна цель",
        "within_s": "секунды или длительность, например `15 мин`",
    },
}
