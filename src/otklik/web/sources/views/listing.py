"""All sources and imports, and the place to lay new files."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from otklik.web.access import Right, needs
from otklik.web.sources import showing
from otklik.web.sources.arriving import MOST_FILES
from otklik.web.sources.models import SavedMapping, Upload

SHOWN_IMPORTS = 50


@require_GET
@needs(Right.BRING)
def sources(request: HttpRequest) -> HttpResponse:
    """Everything the log consists of, newest first."""
    log = showing.kept_log()
    imports = list(reversed(log.imports)) if log else []
    everything = request.GET.get("all") == "1"
    open_uploads = Upload.objects.for_user(request.user).filter(ended_at=None).prefetch_related("files")
    facts = {
        "log": log,
        "imports": imports if everything else imports[:SHOWN_IMPORTS],
        "n_imports": len(imports),
        "uploads": [upload for upload in open_uploads if upload.inbox or upload.files.all()],
        "learnt": set(SavedMapping.objects.for_user(request.user).values_list("source", flat=True)),
        "source": request.GET.get("source", "")[:200],
        "most_bytes": settings.UPLOAD_MAX_BYTES,
        "most_files": MOST_FILES,
        "inbox": settings.DATA.inbox,
        "speak": showing.speaker(),
        "show": showing,
    }
    return render(request, "sources/sources.html", facts)
