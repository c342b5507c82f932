"""Background work of the dashboards: measure what changed, write the usual pages before anybody asks."""

import logging

from django.conf import settings
from django.utils import timezone, translation

from otklik.actions.keep_log import measure_kept_log
from otklik.base.text import LANGUAGES, N_
from otklik.schemas.views import View
from otklik.web.calendars import current
from otklik.web.jobs.registry import Asked, every, work
from otklik.web.looking import Looking
from otklik.web.remembering import forget_old
from otklik.web.speed.filters import Filters
from otklik.web.speed.pages import DASHBOARDS
from otklik.web.speed.sections import write_section

_LOG = logging.getLogger("otklik.worker")


@work("refresh-facts")
def refresh(asked: Asked) -> dict[str, object]:
    """Measure the requests that changed, then write the pages most people open."""
    if not settings.DATA.log.exists():
        return {}
    computed = measure_kept_log(settings.DATA.log, current.yardstick(), asked.progress)
    return {"computed": computed, "written": write_usual_pages(asked)}


def write_usual_pages(asked: Asked) -> int:
    """Write every section of the plain view in both languages; say how many."""
    sections = [name for page in DASHBOARDS.values() for name in page.sections]
    number = 0
    for place, name in enumerate(sections):
        asked.progress(N_("Writing the pages"), place, len(sections))
        for language in LANGUAGES:
            with translation.override(language):
                looking = Looking.of(View())
                Filters.of(looking)
                for with_requests in (True, False):
                    write_section(looking, name, language, with_requests=with_requests)
                    number += 1
    return number


@every(hours=6)
def forget() -> None:
    """Delete results nobody has asked for in a long time."""
    gone = forget_old(timezone.now())
    _LOG.info("forgot %d old results", gone)
