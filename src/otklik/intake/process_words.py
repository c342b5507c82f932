"""What the steps and dates of a process log are usually called, in the languages they are kept in."""

import re
import unicodedata
from typing import Final, Literal

Said = Literal["resolved", "closed", "cancelled", "waiting_customer", "waiting_third_party", "open", "new"]
"""What a step says about the request: a state of the log, or that it was called off."""

_CLOSED = """
    close closed closing complete completed completion finish finished end ended archive archived paid
    reject rejected decline declined deny denied refuse refused
    закрыт закрыта закрыто закрыть закрытие завершен завершена завершено завершить завершение
    выполнен выполнена выполнено исполнен исполнена исполнено готово оплачен оплачена оплачено архив
    отклонен отклонена отклонено отказано отказ
    gesloten sluiten afgesloten afgehandeld afgerond voltooid betaald afgewezen geweigerd
    geschlossen schliessen abgeschlossen erledigt fertig beendet bezahlt abgelehnt
"""
_RESOLVED = """
    resolve resolved resolving solve solved fix fixed fulfilled delivered served
    решен решена решено решить устранен устранена устранено доставлен доставлена доставлено
    opgelost geleverd gelost geloest behoben
"""
_CANCELLED = """
    cancel cancelled canceled cancellation withdraw withdrawn abort aborted abandon abandoned
    отменен отменена отменено отменить отмена отозван отозвана отозвано аннулирован аннулирована
    geannuleerd annuleren ingetrokken storniert storno zuruckgezogen abgebrochen
"""
_WAITING_CUSTOMER = """
    waiting for customer|waiting on customer|wait customer|wait user|wait for customer|awaiting customer
    |pending customer|awaiting user info|waiting for user|waiting for client|waiting for reply|customer action required
    |ожидание клиента|ожидание ответа клиента|ожидаем клиента|ждем клиента|ждем ответа клиента|у клиента
    |wacht op klant|in afwachting van klant|wartet auf kunde|warten auf kunden
"""
_WAITING_THIRD_PARTY = """
    waiting for vendor|wait vendor|awaiting vendor|waiting for supplier|waiting for third party|waiting on third party
    |pending vendor|awaiting evidence|ожидание поставщика|ожидание подрядчика|ожидание третьей стороны|у подрядчика
    |wacht op leverancier|warten auf lieferant
"""
_OPEN = """
    open|opened|reopen|reopened|re open|assign|assigned|reassign|reassigned|accept|accepted|in progress|start|started
    |work|queued|awaiting assignment|take in charge|wait|waiting|on hold|unmatched|в работе|открыт|открыта|открыто
    |переоткрыт|переоткрыта|открыт повторно|назначен|назначена|принят в работу|принята в работу|возобновлен|возобновлена
    |ожидание|heropend|in behandeling|toegewezen|wieder geoffnet|in bearbeitung|zugewiesen
"""
_NEW = "new|submitted|registered|created|новый|новая|новое|зарегистрирован|зарегистрирована|nieuw|neu"
_THE_CASE = """
    ticket tickets case request incident issue problem call order claim application chat conversation task enquiry
    inquiry the this обращение обращения заявка заявки заявку тикет тикета заявление
    заявления инцидент инцидента запрос запроса
    заказ заказа дело дела вопрос вопроса melding zaak aanvraag verzoek vorgang anfrage fall auftrag
"""

_TRANSITIONS = """
    schedule assign withdraw reassign start suspend resume complete autoskip manualskip pi_abort ate_abort unknown
"""
_START_DATES = """
    startdate starttime start datestart opened openedat opendate created createdat creationdate creation registered
    registrationdate regdate submitted submittedat requestdate
    датаначала датасоздания датаоткрытия датарегистрации создано открыто
"""
_END_DATES = """
    enddate endtime end dateend closed closedat closedate completed completedat completiondate finished finishedat
    resolved resolvedat resolutiondate датаокончания датазакрытия датазавершения закрыто завершено
"""
REQUEST_ROLES: Final = {
    "channel": "channel", "канал": "channel", "customer": "customer", "client": "customer", "клиент": "customer",
    "priority": "priority", "приоритет": "priority", "category": "category", "категория": "category",
    "segment": "segment", "сегмент": "segment", "subject": "subject", "тема": "subject", "language": "language",
}  # fmt: skip
"""Attributes of a case that are columns of the request, by their plain names."""


def _said() -> dict[str, Said]:
    words: dict[str, Said] = {}
    for text, said in ((_CLOSED, "closed"), (_RESOLVED, "resolved"), (_CANCELLED, "cancelled")):
        words.update(dict.fromkeys(text.split(), said))  # type: ignore[arg-type]
    for text, said in (
        (_WAITING_CUSTOMER, "waiting_customer"),
        (_WAITING_THIRD_PARTY, "waiting_third_party"),
        (_OPEN, "open"),
        (_NEW, "new"),
    ):
        words.update(dict.fromkeys((part.strip() for part in text.split("|")), said))  # type: ignore[arg-type]
    return words


WORDS: Final = _said()
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я][a-zа-я])")
_NO_LETTER = re.compile(r"[\W\d_]+")
THE_CASE: Final = frozenset(_THE_CASE.split())
STANDARD_TRANSITIONS: Final = frozenset(_TRANSITIONS.split())
"""The lifecycle of IEEE 1849; anything else under lifecycle:transition is the source's own sub-state."""

START_DATES: Final = frozenset(_START_DATES.split())
END_DATES: Final = frozenset(_END_DATES.split())


def plain(name: str) -> str:
    """Lower case, single spaces, no accents, no digits or punctuation: 'Close_Ticket' -> 'close ticket'."""
    spaced = _NO_LETTER.sub(" ", _CAMEL.sub(" ", name)).strip().casefold()
    bare = unicodedata.normalize("NFKD", spaced.replace("й", "\x00"))
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("\x00", "й")


def said_by(activity: str) -> Said | None:
    """What a step's name says about the request, None for most steps.

    The whole name counts, or a verb with the request itself: 'Resolve ticket', but not 'Resolve SW anomaly'.
    """
    words = plain(activity)
    if words in WORDS:
        return WORDS[words]
    bare = " ".join(word for word in words.split() if word not in THE_CASE)
    return WORDS.get(bare)


def date_role(attribute: str) -> Literal["start", "end"] | None:
    """Whether an attribute of a whole case is when it began or when it ended: 'startdate', 'case:end_date'."""
    name = plain(attribute.removeprefix("case:")).replace(" ", "")
    if name in START_DATES:
        return "start"
    return "end" if name in END_DATES else None
