"""Pieces of pages that look through the records: they come once the page is there."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from otklik.web.access import Right, needs
from otklik.web.goals import otherwise
from otklik.web.goals.studying import or_why_not
from otklik.web.goals.views.pages import key_result_for, show


@require_GET
@needs(Right.SEE)
def key_result_otherwise(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """A key result read as it is written, and as a vague wording would let people read it."""
    row = key_result_for(request, key_result_id)
    found, why_not = or_why_not(lambda: otherwise.read(row))
    facts = {"otherwise": found, "why_not": why_not}
    if found:
        facts |= {"readings": otherwise.lines(found), "verdict_of_words": otherwise.sentence(found)}
    return show(request, "_otherwise", facts)
