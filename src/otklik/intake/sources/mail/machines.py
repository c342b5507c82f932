"""Machine or person: proof in the headers (RFC 3834 and its kin), hints in the words; a hint alone proves nothing."""

import re
from typing import Final, Literal

from otklik.intake.sources.mail.letters import Letter

Machine = Literal["reply", "bounce", "bulk", "generated"]
"""An automatic answer; a report that a letter did not arrive or was read; a list or newsletter; anything else."""

_SUBJECT_HINT = re.compile(
    r"\s*(?:re:\s*)?(?:auto(?:matic|mated)?[\s-]*(?:reply|response|answer)|out of (?:the )?office|abwesenheit|"
    r"automatische antwort|автоответ|автоматический ответ|нет на месте|в отпуске|на больничном)",
    re.IGNORECASE,
)
_BODY_HINT = re.compile(
    r"зарегистрирован\w* (?:под|за) номером|обращение зарегистрировано|ответим в течение|сформировано автоматически"
    r"|получили ваш(?:е|у)? (?:запрос|письмо|обращение)|не отвечайте на это (?:письмо|сообщение)|буду отсутствовать"
    r"|все операторы заняты|has been registered|(?:have|has) (?:been )?received your|do not reply to this"
    r"|will (?:get back|answer|respond|reply) (?:to you )?within|generated automatically|automatically generated"
    r"|out of (?:the )?office",
    re.IGNORECASE,
)
SOON_US: Final = 60_000_000
"""People need longer than a minute to read, think and write."""


def proof(letter: Letter) -> Machine | None:
    """What the headers prove.

    X-Auto-Response-Suppress asks others to keep quiet and is no sign by itself: people's mail carries it as well.
    """
    headers = letter.headers
    if letter.content_type == "multipart/report" or "x-failed-recipients" in headers:
        return "bounce"
    if letter.sender.startswith(("mailer-daemon@", "postmaster@")) and headers.get("return-path", "<>") in ("<>", ""):
        return "bounce"
    submitted = headers.get("auto-submitted", "no").split(";")[0].split("(")[0].strip().lower()
    if submitted.startswith("auto-generated"):
        return "generated"
    precedence = headers.get("precedence", "").strip().lower()
    answered = {"x-autoreply", "x-autorespond", "x-autoreply-from", "x-auto-reply", "x-mail-autoreply"} & headers.keys()
    looped = {"x-ms-exchange-inbox-rules-loop", "x-auto-response-suppress"} <= headers.keys()
    if submitted not in ("no", "") or answered or looped or precedence == "auto_reply":
        return "reply"
    if "list-id" in headers or precedence in ("bulk", "list", "junk"):
        return "bulk"
    return "generated" if headers.get("return-path") == "<>" else None


def hints(letter: Letter, after_us: int | None) -> int:
    """How many signs of a machine the words and the haste give, 0 to 3; `after_us` since the letter it answers."""
    return (
        (_SUBJECT_HINT.match(letter.subject) is not None)
        + (_BODY_HINT.search(letter.text) is not None)
        + (after_us is not None and 0 <= after_us < SOON_US)
    )
