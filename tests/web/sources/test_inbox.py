"""Files laid into the inbox come in by themselves once they have stopped growing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from otklik.actions import keep_log
from otklik.web.accounts.models import AuditEntry, Company
from otklik.web.jobs.models import Job
from otklik.web.sources import inbox
from otklik.web.sources.models import InboxEntry, SavedMapping, Upload
from tests.web.sources.conftest import SHOP


@pytest.fixture
def look(company: Company, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Look into the inbox, so many seconds after the last time."""

    def looked(later_s: float = 30) -> None:
        InboxEntry.objects.update(at=timezone.now() - timedelta(seconds=later_s))
        inbox.look_into()

    return looked


def lay(name: str, text: str = SHOP) -> Path:
    path = settings.DATA.inbox / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def names(folder: str) -> list[str]:
    found = settings.DATA.inbox / folder
    return sorted(path.name.partition(" ")[2] for path in found.iterdir()) if found.exists() else []


def test_a_file_that_has_stopped_growing_is_imported_and_put_away(
    look: Callable[..., None], work: Callable[[], None]
) -> None:
    lay("shop.csv")
    look()
    assert not Upload.objects.exists(), "seen once says nothing"
    look()
    look()
    work()
    assert keep_log.describe_log(settings.DATA.log)[0].requests == 5
    assert names("done") == ["shop.csv"]
    assert not (settings.DATA.inbox / "shop.csv").exists()
    assert AuditEntry.objects.get(verb="records.imported").facts["inbox"] is True
    look()
    work()
    assert Upload.objects.count() == 1
    assert not InboxEntry.objects.exists()


def test_a_file_that_still_grows_is_left_alone(look: Callable[..., None]) -> None:
    path = lay("shop.csv", SHOP[:100])
    look()
    for end in (200, 300, 400):
        path.write_text(SHOP[:end], "utf-8")
        look()
        assert not Job.objects.exists()
    look(later_s=5)
    assert not Job.objects.exists(), "still for too short a time"
    look()
    assert Job.objects.count() == 1


def test_what_cannot_be_read_lies_with_its_reason_in_the_language_of_the_company(
    look: Callable[..., None], work: Callable[[], None]
) -> None:
    Company.objects.update(language="ru")
    lay("picture.png", "\x89PNG\0\0")
    look()
    look()
    work()
    assert names("failed") == ["picture.png", "picture.png.reason.txt"]
    (reason,) = (settings.DATA.inbox / "failed").glob("*.reason.txt")
    assert "picture.png" in reason.read_text("utf-8")
    assert any("а" <= letter <= "я" for letter in reason.read_text("utf-8"))
    assert not settings.DATA.log.exists()


def test_a_folder_is_one_import_and_links_lead_nowhere(
    look: Callable[..., None], work: Callable[[], None], tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(SHOP.replace("0017", "SECRET"), "utf-8")
    lay("desk/shop.csv")
    lay("desk/.hidden.csv")
    (settings.DATA.inbox / "desk" / "link.csv").symlink_to(secret)
    (settings.DATA.inbox / "link.csv").symlink_to(secret)
    look()
    look()
    work()
    assert Upload.objects.get(inbox="desk").names() == ["desk/shop.csv"]
    assert names("done") == ["desk"]
    assert names("failed") == ["link.csv", "link.csv.reason.txt"]
    assert "SECRET" not in keep_log.read_kept_log(settings.DATA.log).requests["request"].to_pylist()
    assert secret.exists()


def test_the_next_file_of_a_source_is_understood_like_the_last(
    look: Callable[..., None], work: Callable[[], None]
) -> None:
    lay("march.csv")
    look()
    look()
    work()
    saved = SavedMapping.objects.get()
    assert saved.source == "march"
    saved.told = {**saved.told, "source": "the desk", "mapping": {"roles": {"Team": "category"}}}
    saved.save()
    lay("april.csv", SHOP.replace("0017", "0018"))
    look()
    look()
    work()
    log = keep_log.read_kept_log(settings.DATA.log)
    assert [one.source for one in log.sources] == ["march", "the desk"]
    assert "Orders" in log.requests["category"].to_pylist()


def test_work_that_was_given_up_leaves_the_file_with_the_failed_ones(look: Callable[..., None]) -> None:
    lay("shop.csv")
    look()
    look()
    Job.objects.update(state=Job.FAILED, error={"code": "broken"})
    look()
    assert names("failed") == ["shop.csv", "shop.csv.reason.txt"]
    assert Upload.objects.get().state == Upload.DROPPED
