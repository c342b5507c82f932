"""The words the coach knows, as lemmas, Russian and English side by side; ё is written е."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.replace("ё", "е").split())


DELIVERABLE_VERBS: Final = _words(
    "запустить запускать внедрить внедрять разработать разрабатывать создать создавать построить строить "
    "реализовать реализовывать выпустить выпускать установить устанавливать настроить настраивать подготовить "
    "написать опубликовать публиковать автоматизировать интегрировать подключить подключать перенести мигрировать "
    "закупить купить нанять открыть ввести завершить закончить составить оформить спроектировать развернуть "
    "доработать переписать перестроить launch implement introduce build ship deploy release create develop install "
    "migrate publish design hire buy automate integrate redesign rewrite rebuild complete finish rollout"
)
"""What a team can ship while nobody waits less."""
DELIVERABLE_NOUNS: Final = _words(
    "переход внедрение запуск разработка создание реализация выпуск установка настройка подготовка построение "
    "автоматизация интеграция подключение миграция перенос закупка покупка открытие ввод завершение составление "
    "проектирование развертывание implementation introduction launch rollout deployment release creation "
    "development installation migration publication automation integration redesign completion"
)
PHRASES_OF_DELIVERY: Final = {"roll": "out", "set": "up", "put": "in"}
"""English verbs that deliver only with their second word."""
OUTCOME_NOUNS: Final = _words(
    "доверие лояльность уверенность ощущение чувство репутация впечатление trust confidence loyalty reputation feeling"
)
"""What is created in people is no deliverable: "build trust"."""

ACTIVITY_VERBS: Final = _words(
    "анализировать проанализировать участвовать поучаствовать помогать помочь консультировать проконсультировать "
    "изучать изучить исследовать исследовать обсуждать обсудить содействовать способствовать проводить провести "
    "мониторить отслеживать контролировать координировать обучать обучить посещать посетить проверять проверить "
    "analyse analyze participate help consult assist study explore investigate discuss research review monitor "
    "track coordinate contribute attend conduct advise train support audit"
)
ACTIVITY_NOUNS: Final = _words(
    "анализ участие консультирование изучение исследование обсуждение содействие проведение мониторинг отслеживание "
    "координация обучение analysis participation consultation investigation discussion monitoring coordination"
)

KEEP_VERBS: Final = _words(
    "поддерживать продолжать продолжить сохранять сохранить удерживать удержать оставаться остаться поддержание "
    "сохранение продолжение удержание keep maintain continue retain sustain preserve remain stay"
)

MOVEMENT: Final = _words(
    "повысить повышать улучшить улучшать увеличить увеличивать усилить усиливать развить развивать оптимизировать "
    "поднять поднимать ускорить ускорять снизить снижать сократить сокращать уменьшить уменьшать укрепить укреплять "
    "совершенствовать усовершенствовать обеспечить обеспечивать нарастить довести повышение улучшение увеличение "
    "усиление развитие оптимизация ускорение снижение сокращение уменьшение укрепление совершенствование "
    "обеспечение рост improve increase raise enhance boost strengthen optimise optimize develop reduce accelerate "
    "grow decrease lower cut lift ensure advance upgrade speed improvement growth optimisation optimization "
    "enhancement"
)
ABSTRACT: Final = _words(
    "внутренний internal клиентоориентированность качество обслуживание сервис сервисный клиент клиентский "
    "покупатель потребитель пользователь удовлетворенность эффективность уровень лояльность работа процесс "
    "поддержка скорость ответ реакция коммуникация взаимодействие опыт результат показатель компания бизнес продукт "
    "культура команда отдел служба сотрудник персонал производительность ценность услуга время ожидание имидж "
    "репутация качественный высокий общий наш весь новый лучший конкурентоспособность quality service customer "
    "client user satisfaction efficiency experience level performance support loyalty process communication "
    "operation operations business team productivity value speed response reply time waiting engagement result "
    "reputation company culture department staff effectiveness overall better high best satisfaction up"
)
FILLERS: Final = _words(
    "между и в на с для по к от до за о из у при через а the a an of our in for to with and on at its their by as "
    "us we мы наш свой этот this all more more"
)

ACTION_VERBS: Final = (
    DELIVERABLE_VERBS
    | ACTIVITY_VERBS
    | KEEP_VERBS
    | MOVEMENT
    | _words(
        "make answer win give open move solve bring save teach learn sell simplify shorten remove replace start stop "
        "double halve set roll expand extend transform change fix close find get serve show turn earn attract delight "
        "become lead"
    )
)
"""English base forms that begin an order; Russian needs no list, its infinitives are told by their form."""
NOUN_TOO: Final = _words(
    "launch release design build ship buy hire review help support study research audit track monitor train rollout "
    "increase boost lift cut advance upgrade speed change move answer open start stop close turn lead"
)
"""English verbs that are nouns as well: only what follows tells."""
MEASURED_NOUNS: Final = _words(
    "score scores time times rate rates share desk line queue count volume backlog rating ratings page pages "
    "response request requests ticket tickets team centre center reply replies notes day days night answer answers "
    "case cases"
)
"""What makes the word before it a noun: review score, help desk."""

VAGUE: Final = _words(
    "быстро быстрый оперативно оперативный своевременно своевременный вовремя незамедлительно незамедлительный "
    "мгновенно мгновенный срочно скоро поскорее promptly prompt soon asap quickly quick fast rapidly rapid timely "
    "swiftly swift immediately immediate instantly instant urgently speedily speedy"
)
COMPARED: Final = _words("быстрее скорее faster sooner quicker")
"""Vague too, unless a number follows."""
ABSOLUTE: Final = _words(
    "весь все каждый любой никогда всегда никто every each all always never everyone everybody nobody"
)

LAGGING: Final = _words(
    "повторный отток выручка прибыль лояльность удержание nps csat удовлетворенность рейтинг доход маржа продление "
    "repeat churn revenue profit loyalty retention satisfaction rating renewal return income margin"
)
COUNTERWEIGHTS: Final = _words(
    "качество переоткрыть переоткрытый переоткрытие возобновить возобновленный возобновление повторный nps csat ces "
    "удовлетворенность оценка рейтинг ошибка ошибочный жалоба возврат стоимость себестоимость затрата расход бюджет "
    "доволен довольный недовольный звезда отток лояльность правильно верный брак отзыв переделка текучесть нагрузка "
    "reopen reopened reopening repeat satisfaction satisfied rating score error errors complaint complaints refund "
    "refunds return returns returned cost costs quality stars churn loyalty rework accuracy accurate correct "
    "mistake mistakes overtime budget unhappy happy contact contacts"
)
TIME_WORDS: Final = _words(
    "время ожидание срок длительность продолжительность задержка скорость простой ответ решение реакция time wait "
    "waiting duration delay latency lead-time turnaround reply response resolution pickup"
)
SPEED_WORDS: Final = TIME_WORDS | _words("секунда минута час сутки день ждать second minute hour day")
MONTHS: Final = _words(
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь january february march april "
    "may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
SKIPPED_FIRST: Final = _words(
    "мы нам наш наша наши нужно надо необходимо хотим планируем будем собираемся давайте следует цель задача we "
    "will our should must shall want plan need aim going are the team to let's let please i'll we'll"
)
"""What may stand before the first word that counts."""
NO_UNIT: Final = _words(
    "in by for per to and at on of until till from with or within this each every before after during as across "
    "over the end while when but then a an now already is are be was were q next last than"
)
"""English words that may follow a number and are no unit of it."""
TIME_UNITS: Final = _words(
    "s sec second seconds min minute minutes h hour hours d day days week weeks с сек секунда секунд секунды мин "
    "минута минут минуты ч час часа часов д дн день дня дней сутки суток неделя недели недель"
)
"""How people write the unit of a length of time."""
OF_WHOM: Final = _words("по во из of across in for среди внутри among over через with")
"""Before "all" they tell of whom, not how many."""
TURNS: Final = _words("день неделя месяц квартал смена час сутки day week month quarter shift hour time")
"""After "every" they tell how often, not how many."""
WANTS: Final = _words("plan plans aim aims want wants need needs begin start continue agree try and have")
"""Before "to" they make an order of the verb after it."""
MEASURE_NOUNS: Final = _words(
    "доля процент время количество число срок скорость медиана среднее уровень объем стоимость рейтинг оценка "
    "индекс выручка отток конверсия длительность share percentage time number count rate median average level "
    "volume cost rating score index revenue churn conversion duration latency backlog"
)
"""What a KPI begins with."""
COUNTED: Final = _words("replies customer_messages handoffs team_handoffs reopens steps one_touch")
"""Measures that count; all others are lengths of time. The same as measures.catalog.COUNTS, which is slow to load."""
