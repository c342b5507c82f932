"""What is told about files, what was seen of them, and what was learnt from the ones before."""

import hashlib
import json
from typing import Any

from django.conf import settings

from otklik.actions.import_log import Records
from otklik.actions.read_in_child import look_in_child
from otklik.base.errors import UserError
from otklik.base.progress import Progress
from otklik.schemas.previews import Look, PreviewPart
from otklik.web.accounts.models import Company
from otklik.web.importing import child_limits
from otklik.web.sources.models import SavedMapping, Upload

Told = dict[str, Any]
TOLD = ("source", "format", "time_zone", "our_addresses", "mapping")


def records_of(upload: Upload) -> Records:
    """The files of an upload with everything that was told about them, as the engine wants it."""
    files = list(upload.files.all())
    told: Told = upload.told
    return Records(
        files=tuple(str(file.path) for file in files),
        names=tuple(file.name for file in files),
        format=told.get("format") or None,
        source=told.get("source") or None,
        time_zone=told.get("time_zone") or _zone_of_company(),
        mapping=told.get("mapping") or {},
        our_addresses=tuple(told.get("our_addresses") or ()),
    )


def understand(upload: Upload, progress: Progress) -> None:
    """Look at the files; where nothing was told, as the last ones of the same shape were understood."""
    look = look_in_child(records_of(upload), progress, child_limits())
    if not upload.told and (saved := SavedMapping.objects.filter(shape=shape_of(look)).order_by("-at").first()):
        upload.told, upload.like = saved.told, saved.source
        try:
            look = look_in_child(records_of(upload), progress, child_limits())
        except UserError:
            upload.told, upload.like = {}, ""
    upload.look = look.model_dump(mode="json")
    upload.state = Upload.LOOKED
    Upload.objects.filter(pk=upload.pk, ended_at=None).update(
        told=upload.told, like=upload.like, look=upload.look, state=upload.state
    )


def look_of(upload: Upload) -> Look | None:
    """What was seen, once somebody looked."""
    return Look.model_validate(upload.look) if upload.look else None


def shape_of(look: Look) -> str:
    """Name what files of one source have in common: their reader, and the headings of their tables."""
    shapes = sorted({_shape(part) for part in look.preview.parts})
    return hashlib.sha256(json.dumps(shapes, ensure_ascii=False).encode()).hexdigest()


def _shape(part: PreviewPart) -> str:
    headings = [column.heading for column in part.columns] if part.is_table else []
    return json.dumps([part.reader, *headings], ensure_ascii=False)


def remember(upload: Upload, source: str) -> SavedMapping | None:
    """Keep how the files were understood, for the next ones of the source; None where nobody looked at them."""
    look = look_of(upload)
    if look is None:
        return None
    mapping = {name: value for name, value in look.preview.mapping.items() if name != "time_zone"}
    told = {**upload.told, "source": source, "mapping": {**mapping, **(upload.told.get("mapping") or {})}}
    saved, _ = SavedMapping.objects.update_or_create(
        source=source, defaults={"told": told, "shape": shape_of(look), "by": upload.by}
    )
    return saved


def forget(source: str) -> None:
    """Understand the next files of a source afresh."""
    SavedMapping.objects.filter(source=source).delete()


def told_of(source: str) -> Told:
    """What to begin with for another file of a source."""
    saved = SavedMapping.objects.filter(source=source).first()
    return dict(saved.told) if saved else {"source": source}


def _zone_of_company() -> str | None:
    zone = Company.ours().time_zone
    return zone if zone != "UTC" else None


def is_small_enough(size: int) -> bool:
    """Say whether files of that size together may be one upload."""
    return size <= settings.UPLOAD_MAX_BYTES
