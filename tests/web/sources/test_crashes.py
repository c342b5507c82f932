"""Killed at any named point and begun again: nothing lost, nothing doubled, no half import visible."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.web.sources.conftest import SHOP

pytestmark = pytest.mark.slow
POINTS = ("job-claimed", "import-mid", "import-before-commit", "store-between-tables", "import-after-commit",
          "import-before-account", "import-after-account", "import-before-clearing", "job-before-end")  # fmt: skip
BY_HAND, BY_INBOX = (*POINTS, "upload-before-unlink"), ("import-after-commit", "inbox-before-move")

MAKE = """
import sys
from pathlib import Path
from otklik.web.serve import prepare
prepare(Path(sys.argv[1]))
from django.conf import settings
from otklik.web.sources.arriving import start
from otklik.web.sources.models import Upload, UploadedFile
text = sys.argv[2]
upload = Upload.objects.create()
UploadedFile.objects.create(upload=upload, stored="ab" * 16, name="shop.csv")
(settings.DATA.uploads / ("ab" * 16)).write_text(text)
start(upload, "import-upload", None)
"""
LAY = """
import sys
from pathlib import Path
from otklik.web.serve import prepare
prepare(Path(sys.argv[1]))
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from otklik.web.sources import inbox
from otklik.web.sources.models import InboxEntry
(settings.DATA.inbox / "shop.csv").write_text(sys.argv[2])
inbox.look_into()
InboxEntry.objects.update(at=timezone.now() - timedelta(hours=1))
inbox.look_into()
"""
WORK = """
import json, sys
from pathlib import Path
from otklik.web.serve import set_up
set_up(Path(sys.argv[1]))
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker
from otklik.web.jobs.registry import REGULAR
Job.objects.exclude(lease_until=None).update(lease_until=timezone.now() - timedelta(seconds=1))
Job.objects.exclude(kind="import-upload").delete()
worker = Worker()
while worker.one():
    Job.objects.exclude(kind="import-upload").delete()
from otklik.actions import keep_log
from otklik.web.accounts.models import AuditEntry
from otklik.web.sources.models import Upload
info, imports = keep_log.describe_log(settings.DATA.log)
print(json.dumps({
    "requests": info.requests,
    "counts": [one.count.model_dump() for one in imports],
    "states": list(Upload.objects.values_list("state", flat=True)),
    "outcome": Upload.objects.get().outcome["count"],
    "told": AuditEntry.objects.filter(verb="records.imported").count(),
    "jobs": list(Job.objects.values_list("state", flat=True)),
    "files": [p.name for p in settings.DATA.uploads.iterdir() if p.is_file()],
    "inbox": sorted(str(p.relative_to(settings.DATA.inbox)).partition(" ")[2] or p.name
                    for p in settings.DATA.inbox.rglob("*") if p.is_file()),
}))
"""


def run(script: str, folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", script, str(folder), *arguments]
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "otklik.web.settings", "OTKLIK_DATA": str(folder), **environment}
    return subprocess.run(command, capture_output=True, text=True, env=told, check=False)


@pytest.fixture(scope="module", params=[MAKE, LAY], ids=["by hand", "by inbox"])
def begun(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A data folder in which an import waits for the worker."""
    folder = tmp_path_factory.mktemp("begun") / "data"
    made = run(request.param, folder, SHOP)
    assert made.returncode == 0, made.stderr
    return ("by hand" if request.param == MAKE else "by inbox"), folder


@pytest.mark.parametrize("point", sorted({*BY_HAND, *BY_INBOX}))
def test_killed_at_a_point_and_begun_again_it_has_happened_once(
    begun: tuple[str, Path], point: str, tmp_path: Path
) -> None:
    way, template = begun
    if point not in (BY_HAND if way == "by hand" else BY_INBOX):
        pytest.skip("not on this way")
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    killed = run(WORK, folder, OTKLIK_CRASH_AT=point)
    assert killed.returncode == -signal.SIGKILL, f"{point} was never passed: {killed.stderr}"
    again = run(WORK, folder)
    assert again.returncode == 0, again.stderr
    told: dict[str, Any] = json.loads(again.stdout.splitlines()[-1])
    account = {"read": 5, "kept": 5, "quarantined": 0, "duplicate": 0}
    assert told == {
        "requests": 5, "counts": [account], "states": ["imported"], "outcome": account, "told": 1, "jobs": ["done"],
        "files": [], "inbox": [] if way == "by hand" else ["shop.csv"],
    }  # fmt: skip
