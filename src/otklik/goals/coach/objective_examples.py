"""Failing and passing examples of the rules on objectives, in Russian and English."""

from dataclasses import replace
from typing import Final

from otklik.goals.coach.examples import Example, Language, objective_example

_TITLES: Final[dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]]] = {
    "O1": (
        [
            ("Запустить чат-бот для клиентов к лету", "Launch a chat-bot for our customers"),
            ("Внедрение единой системы обращений", "Implementation of one ticket system"),
            ("Мы разработаем личный кабинет для пациентов", "We will roll out a portal for patients"),
        ],
        [
            ("Клиент получает ответ раньше, чем успевает начать сомневаться",
             "Customers hear from us before they start to doubt"),
            ("Установка интернета больше не портит людям выходные", "Release days no longer frighten our customers"),
            ("Построить доверие пациентов с первого звонка", "Build trust with patients from the first call"),
        ],
    ),
    "O2": (
        [
            ("Отвечать 90 % клиентов за 15 минут", "Answer 90% of customers in 15 minutes"),
            ("Гости ждут столик вдвое меньше, чем в 2025", "Guests wait less for a table than in 2025"),
        ],
        [
            ("Ни один клиент не чувствует себя забытым", "No customer ever feels forgotten"),
            ("Покупатели из B2B узнают новости первыми", "Our B2B buyers are the first to hear news"),
        ],
    ),
    "O3": (
        [
            ("Поддерживать текущую скорость ответа клиентам", "Keep replying at the current pace"),
            ("Сохранить очередь в регистратуре короткой", "Continue to serve the queue as we do"),
        ],
        [
            ("Скорость ответа становится причиной выбрать именно нас",
             "Our reply speed becomes the reason to choose us"),
            ("Поддержка отвечает так, что люди пишут благодарности",
             "Support answers in a way that earns thank-you notes"),
        ],
    ),
    "O4": (
        [
            ("Повысить качество обслуживания клиентов", "Improve customer service quality"),
            ("Оптимизировать процессы работы нашей поддержки", "Increase the efficiency of our support processes"),
        ],
        [
            ("Клиенты рассказывают друзьям, как быстро мы решаем их вопросы",
             "Customers tell friends how quickly we sort things out"),
            ("Сократить путь пациента от звонка до врача", "Improve the morning of every parent who calls the clinic"),
        ],
    ),
    "O5": (
        [
            ("Скорость", "Be fast"),
            ("Каждый покупатель, который нам пишет, звонит или приходит в магазин в любой день недели, получает "
             "внятный ответ и точно знает, что будет дальше и когда",
             "Every buyer who writes to us, calls us or walks into one of our shops on any day of the week gets a "
             "clear answer and knows what comes next"),
        ],
        [
            ("Покупатель решает вопрос за одно обращение", "Buyers get their question settled in one contact"),
            ("Заявки больше не теряются", "No request gets lost"),
        ],
    ),
    "O6": (
        [
            ("Ускорить ответы и перестроить склад", "Reduce waiting in chat and introduce a new warehouse"),
            ("Сократим очередь в чате и заодно обучим новичков",
             "Shorten the queue at the desk and then train the juniors"),
        ],
        [
            ("Заказ приезжает тогда, когда мы обещали", "Orders arrive when we said they would"),
            ("Клиент может задать вопрос и получить ответ в одном окне",
             "Customers ask and get an answer in one place"),
        ],
    ),
}  # fmt: skip

_WHYS: Final[dict[bool, list[tuple[str, str]]]] = {
    False: [
        ("надо", "growth"),
        ("", ""),
        ("Ни один клиент не чувствует себя забытым", "No customer ever feels forgotten"),
    ],
    True: [
        ("каждый третий отменённый заказ молча ждал ответа больше часа",
         "a third of cancelled orders waited over an hour in silence"),
        ("люди уходят к соседям, не дождавшись", "people leave before we answer"),
    ],
}  # fmt: skip


def objective_examples() -> list[Example]:
    """Every example of the rules O1-O7."""
    found = []
    for rule, (failing, passing) in _TITLES.items():
        for passes, pairs in ((False, failing), (True, passing)):
            for russian, english in pairs:
                found.append(objective_example(rule, "ru", passes, russian))
                found.append(objective_example(rule, "en", passes, english))
    for passes, pairs in _WHYS.items():
        for russian, english in pairs:
            found.append(_why("ru", passes, russian))
            found.append(_why("en", passes, english))
    return found


def _why(language: Language, passes: bool, why: str) -> Example:
    title = "Ни один клиент не чувствует себя забытым" if language == "ru" else "No customer ever feels forgotten"
    shown = f"зачем: «{why}»" if language == "ru" else f"why: “{why}”"
    return replace(objective_example("O7", language, passes, title, why=why), shown=shown)
