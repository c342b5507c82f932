"""Files on their way into the log, and how each source was understood."""

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.jobs.models import Job
from otklik.web.ownership import OwnedQuerySet


def _bringers(user: Any) -> Q:
    """The records are the company's: whoever may bring some in sees all that are on their way."""
    return Q() if may(user, Right.BRING) else Q(pk__in=[])


class Upload(models.Model):
    """Files that came together and are brought in together."""

    ARRIVING, LOOKED, IMPORTED, DROPPED = "arriving", "looked", "imported", "dropped"
    STATES = ((ARRIVING, ARRIVING), (LOOKED, LOOKED), (IMPORTED, IMPORTED), (DROPPED, DROPPED))

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    state = models.CharField(max_length=10, choices=STATES, default=ARRIVING)
    inbox = models.CharField(max_length=255, blank=True)
    """Name of the file or folder in the inbox; empty where a person sent it."""
    told = models.JSONField(default=dict)
    """What a person said: `source`, `format`, `time_zone`, `our_addresses`, `mapping`."""
    like = models.CharField(max_length=200, blank=True)
    """The source whose saved mapping was used."""
    look = models.JSONField(default=dict)
    """schemas.previews.Look, once somebody looked."""
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    """The look or the import that was asked for last."""
    outcome = models.JSONField(default=dict)
    """schemas.imports.ImportRecord, once it is in the log."""
    remember = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["inbox"], condition=~Q(inbox="") & Q(ended_at=None), name="upload_inbox_once"
            )
        ]

    def __str__(self) -> str:
        return f"upload {self.pk}"

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Whoever may bring records in."""
        return _bringers(user)

    @property
    def import_name(self) -> str:
        """The name of its import for ever."""
        return f"upload {self.pk} {self.at.timestamp():.6f}"

    @property
    def is_open(self) -> bool:
        """Something may still be done with it."""
        return self.state in (self.ARRIVING, self.LOOKED)

    def names(self) -> list[str]:
        """What its user calls the files."""
        return [file.name for file in self.files.all()]


class UploadedFile(models.Model):
    """One file of an upload, under a name of our own; `name` is data."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    stored = models.CharField(max_length=400)
    """Within the uploads folder; within the inbox where it came from there."""
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(default=0)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Whoever may bring records in."""
        return _bringers(user)

    @property
    def path(self) -> Path:
        """Where it lies."""
        data = settings.DATA
        return Path(data.inbox if self.upload.inbox else data.uploads) / self.stored


class SavedMapping(models.Model):
    """How the files of one source are understood; the next one of the same shape is read alike."""

    source = models.CharField(max_length=200, unique=True)
    told = models.JSONField(default=dict)
    """As Upload.told, complete: with the whole mapping of the look."""
    shape = models.CharField(max_length=64, db_index=True)
    """Fingerprint of reader and headings (sources.understanding.shape_of)."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["source"]

    def __str__(self) -> str:
        return self.source

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Whoever may bring records in."""
        return _bringers(user)


class InboxEntry(models.Model):
    """Something that lies in the inbox: how it looked last time, to see whether it still grows."""

    name = models.CharField(max_length=255, primary_key=True)
    seen = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
