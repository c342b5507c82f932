"""Files come in: by a plain form in one go, or by sources.js in several."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from otklik.base.errors import UserError
from otklik.web.access import Right, needs
from otklik.web.receiving import Stored, ToDisk, refuse_too_long, too_large
from otklik.web.sources.arriving import NothingSent, start, take_in
from otklik.web.sources.models import Upload
from otklik.web.sources.understanding import is_small_enough, told_of
from otklik.web.words import words


@csrf_exempt  # checked below, once it is settled where the files go
@require_POST
@needs(Right.BRING)
def receive(request: HttpRequest) -> HttpResponse:
    """Stream the files to the disk, and look at them once they are all there."""
    by_script = request.headers.get("Accept") == "application/json"
    handler = ToDisk(request, settings.UPLOAD_MAX_BYTES)
    kept: tuple = ()
    try:
        refuse_too_long(request, settings.UPLOAD_MAX_BYTES)
        request.upload_handlers = [handler]
        response = _received(request)
        kept = getattr(response, "kept", ())
    except UserError as error:
        if not by_script:
            raise
        return JsonResponse({"error": words().error(error)}, status=422)
    finally:
        handler.forget(*kept)
    return response


@csrf_protect
def _received(request: HttpRequest) -> HttpResponse:
    sent = cast(list[Stored], request.FILES.getlist("files"))
    upload = _upload(request)
    size = sum(file.size or 0 for file in sent) + sum(file.size for file in upload.files.all())
    if not is_small_enough(size):
        raise too_large()
    kept = take_in(upload, sent, request.POST.getlist("paths"))
    more = request.POST.get("more") == "1"
    if not more and not upload.files.exists():
        upload.delete()
        raise NothingSent
    response = _answer(request, upload, more=more)
    response.kept = kept  # type: ignore[attr-defined]
    return response


def _upload(request: HttpRequest) -> Upload:
    """The upload these files belong to: one begun before by the same person, or a new one."""
    number = request.POST.get("upload", "")
    if number.isdigit() and len(number) < 18:
        mine = Upload.objects.for_user(request.user)
        return mine.one_for(request.user, pk=int(number), by=request.user, state=Upload.ARRIVING, job=None, inbox="")
    source = request.POST.get("source", "")[:200]
    told, like = (told_of(source), source) if source else ({}, "")
    return Upload.objects.create(by=request.user, told=told, like=like)


def _answer(request: HttpRequest, upload: Upload, *, more: bool) -> HttpResponse:
    if not more:
        start(upload, "look-at-upload", request.user)
    page = reverse("upload", args=(upload.pk,))
    if request.headers.get("Accept") != "application/json":
        return redirect(page)
    return JsonResponse({"upload": upload.pk} if more else {"next": page})
