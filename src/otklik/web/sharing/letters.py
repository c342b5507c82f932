"""A digest as a letter: text, and the same as a page with pictures; or as a short text for a chat."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.mime.image import MIMEImage
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from otklik.actions.compare_periods import compare_periods
from otklik.base.text import N_
from otklik.charts import Picture, Speech
from otklik.charts.printable import printable
from otklik.report import section
from otklik.report.blocks import Card, Figure
from otklik.report.sections.summary import headline, summary
from otklik.schemas.results import Comparison
from otklik.schemas.views import View
from otklik.web.looking import Looking
from otklik.web.sharing.models import Sending
from otklik.web.sharing.pages import PARTS, address, counted, query_of, view_of
from otklik.web.sharing.seeing import FIGURES_ONLY
from otklik.web.sharing.wording import told
from otklik.web.words import language, say, speech

TREND_DAYS = 26 * 7
"""A trend needs more than the period of the digest: half a year up to its end."""
QUESTIONS = (("fast", "how_fast"), ("change", "how_fast"), ("where", "where_time_goes"), ("who", "who_waits"))
"""What a digest answers, and the page where there is more about it."""
VERDICTS = {
    "faster": N_("Faster than in the period before."),
    "slower": N_("Slower than in the period before."),
    "no_difference": N_("No difference to the period before that would be more than chance."),
    "too_few": N_("Too few requests in one of the two periods to compare them."),
}


@dataclass(frozen=True)
class Told:
    """One question with its answer, its picture, and where there is more."""

    title: str
    lead: str
    more: str
    picture: Picture | None
    cid: str
    alt: str


def letter_about(sending: Sending) -> EmailMultiAlternatives:
    """Write the letter, in the language that is spoken just now; raises NotMeasuredYet, NotAStore."""
    digest = sending.digest
    facts = facts_about(digest.query, sending.start, sending.end)
    facts |= {"digest": digest, "stop": settings.BASE_URL + reverse("digest_stop", kwargs={"key": digest.key_to_stop})}
    return _letter(sending, facts)


def brief_about(start: date, end: date) -> str:
    """The same figures of the whole company as a short plain text, the link last; raises as `letter_about`."""
    text = render_to_string("sharing/mail/brief.html", facts_about("", start, end))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def facts_about(query: str, start: date, end: date) -> dict[str, Any]:
    """What a digest says of a view in some days."""
    view = view_of(query).model_copy(update={"start": start, "end": end, "compare": False})
    looking = Looking.of(view)
    words = speech(looking.zone)
    parts_of_cards = PARTS["fast"] | PARTS["where"] | PARTS["waiting"]
    report = FIGURES_ONLY.report(looking, parts_of_cards, counted("fast", view))
    known = Speech.about(report, language())
    return {
        "company": looking.company.name or "Otklik",
        "simulated": looking.company.is_simulated,
        "days": words.format.days(*_ends(looking)),
        "view": told(view_of(query)) if query else "",
        "headline": _plain(headline(report, known)) if report.log.requests else say(N_("Nobody asked anything.")),
        "cards": [_plain_card(card) for card in summary(report, known)] if report.log.requests else [],
        "requests": words.format.number(report.log.requests),
        "n": report.log.requests,
        "compared": _compared(looking) if report.log.requests else "",
        "parts": list(_told(looking, view)) if report.log.requests else [],
        "link": settings.BASE_URL + address("how_fast", query_of(view)),
        "behind": _behind(looking, words),
        "language": language(),
        "say": say,
        "count": known.count,
    }


def _letter(sending: Sending, facts: dict[str, Any]) -> EmailMultiAlternatives:
    subject = " ".join(f"{facts['company']}: {facts['headline']}".split())[:180]
    letter = EmailMultiAlternatives(
        subject,
        render_to_string("sharing/mail/plain.html", facts),
        to=[sending.digest.person.email],
        headers={
            "Message-ID": sending.message_id,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{facts['stop']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    letter.attach_alternative(render_to_string("sharing/mail/digest.html", facts), "text/html")
    letter.mixed_subtype = "related"
    for part in facts["parts"]:
        if part.picture is not None:
            image = MIMEImage(part.picture.png(), "png")
            image.add_header("Content-ID", f"<{part.cid}>")
            image.add_header("Content-Disposition", "inline", filename=f"{part.cid}.png")
            letter.attach(image)
    return letter


def _told(looking: Looking, view: View) -> Iterator[Told]:
    for question, page in QUESTIONS:
        asked = looking
        if question == "change" and view.end is not None:
            asked = looking.with_view(view.model_copy(update={"start": view.end - timedelta(days=TREND_DAYS - 1)}))
        report = FIGURES_ONLY.report(asked, PARTS[question], counted(question, asked.view))
        found = section(report, question, language())
        picture = next((block.picture for block in found.blocks if isinstance(block, Figure)), None)
        yield Told(
            title=_plain(found.title),
            lead=_plain(" ".join(found.lead)),
            more=settings.BASE_URL + address(page, query_of(asked.view)),
            picture=picture,
            cid=question,
            alt=_plain(f"{picture.title}. {picture.alt}") if picture else "",
        )


def _compared(looking: Looking) -> str:
    """One sentence: beside the period before."""
    before = looking.before().view
    found = compare_periods(looking.shelf, looking.view, before, zone=looking.zone, targets=looking.targets)
    return "" if found is None else _sentence(found, speech(looking.zone))


def _sentence(found: Comparison, words: Speech) -> str:
    verdict = str(words.say(VERDICTS[found.verdict]))
    now, before = found.now.median_s, found.before.median_s
    if now is None or before is None:
        return verdict
    figures = words.say(
        N_("Half within %(now)s, before that within %(before)s."),
        now=words.length(now, found.clock), before=words.length(before, found.clock),
    )  # fmt: skip
    return f"{verdict} {figures}"


def _behind(looking: Looking, words: Speech) -> str:
    """A warning where the records do not reach to the end of the period."""
    _, last = _ends(looking)
    as_of = looking.as_of
    if as_of is None or as_of.astimezone(words.zone).date() >= last.date():
        return ""
    moment = words.format.moment(as_of, words.zone)
    return say(N_("The records reach to %(moment)s only; what came later is missing here."), moment=moment)


def _ends(looking: Looking) -> tuple[datetime, datetime]:
    start, end = looking.view.start, looking.view.end
    assert start and end
    return datetime.combine(start, time(), UTC), datetime.combine(end, time(), UTC)


def _plain(text: str) -> str:
    """Without bold figures: a letter has its own looks."""
    return printable(text + "")


def _plain_card(card: Card) -> dict[str, str]:
    return {"value": _plain(card.value), "label": _plain(card.label), "note": _plain(card.note)}
