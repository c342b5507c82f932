"""Work on hours that takes longer than a page may."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from otklik.actions.compare_speed import compare_speed
from otklik.web.calendars.current import targets, yardstick_for
from otklik.web.calendars.models import Draft
from otklik.web.jobs.registry import Asked, work


@work("compare-calendars")
def compare(asked: Asked) -> dict[str, Any]:
    """Measure the log by the hours in force and by a draft; what comes out lies with the draft while it is that one."""
    told = asked.arguments
    before, after = yardstick_for(told["before"]), yardstick_for(told["after"])
    found = compare_speed(settings.DATA.log, before, after, targets(), asked.progress)
    moved = [one.model_dump(mode="json") for one in found.moved]
    compared = {"pair": told["pair"], "moved": moved, "requests": found.requests}
    for draft in Draft.objects.filter(by=asked.asked_by_id):
        if draft.compared.get("pair") == told["pair"]:
            Draft.objects.filter(pk=draft.pk, text=draft.text).update(compared=compared)
    return {"next": reverse("calendar_changes")}
