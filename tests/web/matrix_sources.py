"""Who may what: records on their way into the log. They are the company's: whoever brings some in sees them all."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from otklik.actions.keep_log import add_to_log
from otklik.web.accounts.models import User
from otklik.web.jobs.models import Job
from otklik.web.sources.models import Upload
from tests.store.people import met_everywhere
from tests.web.matrix import Arguments, Row, World

BRINGS = "302 200 200 200 403 403"
BROUGHT = "302 302 302 302 403 403"
UNDOES = "302 200 200 403 403 403"
NOTHING = "302 404 404 404 403 403"


def with_log(kwargs: dict[str, Any]) -> Arguments:
    def make(_world: World, _role: str) -> dict[str, Any]:
        add_to_log(settings.DATA.log, met_everywhere())
        return kwargs

    return make


def upload_of(user: User) -> dict[str, Any]:
    return {"upload_id": Upload.objects.create(by=user).pk}


def work_of(user: User) -> dict[str, Any]:
    return {"job_id": Job.add("undo-import", asked_by=user).pk}


def files(_world: World, _role: str) -> dict[str, Any]:
    return {"files": SimpleUploadedFile("a.csv", b"Ticket,Opened\n1,2026-03-02 09:00\n")}


def drop(_world: World, _role: str) -> dict[str, Any]:
    return {"do": "drop"}


ROWS = [
    Row("sources", BRINGS),
    Row("upload_new", BROUGHT, "POST", data=files),
    Row("upload_new", "302 405 405 405 403 403"),
    Row("upload", BRINGS, own=lambda w, r: upload_of(w.of(r))),
    Row("upload", BRINGS, foreign=lambda w, r: upload_of(w.other_than(r))),
    Row("upload_next", BROUGHT, "POST", own=lambda w, r: upload_of(w.of(r)), data=drop),
    Row("upload_next", BROUGHT, "POST", foreign=lambda w, r: upload_of(w.other_than(r)), data=drop),
    Row("import_account", BRINGS, own=with_log({"import_id": 1})),
    Row("import_account", NOTHING, foreign=with_log({"import_id": 9})),
    Row("import_undo", UNDOES, own=with_log({"import_id": 1})),
    Row("import_undo", "302 302 302 403 403 403", "POST", own=with_log({"import_id": 1})),
    Row("import_undo", "302 404 404 403 403 403", "POST", foreign=with_log({"import_id": 9})),
    Row("bad_rows", "302 422 422 422 403 403"),
    Row("source_work", UNDOES, own=lambda w, r: work_of(w.of(r))),
    Row("source_work", UNDOES, foreign=lambda w, r: work_of(w.other_than(r))),
    Row("source_work", "302 404 404 403 403 403", foreign=lambda w, r: {"job_id": Job.add("x", asked_by=w.of(r)).pk}),
    Row("source_delete", "302 404 404 403 403 403"),
    Row("mapping_forget", BROUGHT, "POST", data=lambda w, r: {"source": "desk"}),
]
