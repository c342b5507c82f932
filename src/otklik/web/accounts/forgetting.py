"""Forget a person in the application's own database: every text of every table is looked through."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.apps import apps
from django.core.cache import cache
from django.db import OperationalError, connection, models, transaction

from otklik.web.accounts.models import ApiToken, Company, LogIn, User
from otklik.web.accounts.problems import StillInside

_LEFT_ALONE: Final = {"sessions.Session", "contenttypes.ContentType", "accounts.Company", "accounts.User"}
"""Sessions hold numbers only; the rest holds no people of the log, or is looked after by itself."""
_SECRETS: Final = ("hash", "password", "session_key", "token")
_ROWS: Final = 500
Hide = Callable[[str], str]


def refuse_if_inside(names: list[str]) -> None:
    """Raise StillInside where the person has an account that is open."""
    lowered = {name.casefold() for name in names}
    for user in User.objects.filter(is_active=True):
        if {user.email.casefold(), user.name.casefold()} & lowered:
            raise StillInside(email=user.email)


def forget_in_database(names: list[str], pseudonym: str, hide: Hide) -> int:
    """Put the pseudonym in every text that names the person; return how many rows changed."""
    there = set(connection.introspection.table_names())
    models_ = (m for m in apps.get_models() if m._meta.label not in _LEFT_ALONE and m._meta.db_table in there)
    changed = sum(_forget_in(model, hide) for model in models_)
    changed += _forget_accounts(names, pseudonym) + _forget_record_names(hide)
    cache.clear()
    _leave_no_trace()
    return changed


def _forget_in(model: type[models.Model], hide: Hide) -> int:
    fields = [field.attname for field in model._meta.concrete_fields if _is_text(field)]
    if not fields:
        return 0
    changed = 0
    rows: models.QuerySet[Any] = models.QuerySet(model).order_by("pk")  # no manager of the model holds anything back
    for row in rows.values("pk", *fields).iterator(chunk_size=_ROWS):
        told = {name: hidden for name in fields if (hidden := _hidden(row[name], hide)) != row[name]}
        if told:
            rows.filter(pk=row["pk"]).update(**told)
            changed += 1
    return changed


def _is_text(field: Any) -> bool:
    texts = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return texts and not field.primary_key and not any(part in field.name for part in _SECRETS)


def _hidden(value: Any, hide: Hide) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {hide(name): _hidden(part, hide) for name, part in value.items()}
    if isinstance(value, list):
        return [_hidden(part, hide) for part in value]
    return value


def _forget_accounts(names: list[str], pseudonym: str) -> int:
    """Closed accounts of the person keep their number, so that the trail still fits together, and nothing else."""
    lowered = {name.casefold() for name in names}
    found = [user for user in User.objects.filter(is_active=False) if _called(user) & lowered]
    for user in found:
        with transaction.atomic():
            LogIn.objects.filter(user=user).delete()
            ApiToken.objects.filter(owner=user).delete()
            user.email, user.name = f"{pseudonym}.{user.pk}@forgotten.invalid", pseudonym
            user.record_names = []
            user.set_unusable_password()
            user.save()
    return len(found)


def _called(user: User) -> set[str]:
    return {name.casefold() for name in (user.email, user.name, *user.record_names)}


def _forget_record_names(hide: Hide) -> int:
    """Take the person off what counts as somebody's own: a pseudonym beside an account would tell who it is."""
    changed = 0
    for user in User.objects.exclude(record_names=[]):
        kept = [name for name in user.record_names if hide(name) == name]
        if kept != user.record_names:
            user.record_names = kept
            user.save(update_fields=["record_names"])
            changed += 1
    return changed


def _leave_no_trace() -> None:
    """Deleted words stay in the file of the database until it is packed; raise where somebody reads all the time."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            raise OperationalError("the database is being read: its file still holds old pages")


def folders_beside_the_log() -> Iterator[Any]:
    """Every folder of the installation that may hold what somebody brought in or took away."""
    from django.conf import settings

    kept_apart = {settings.DATA.log, settings.DATA.path / "static"}
    if settings.DATA.path.is_dir():
        yield from (p for p in sorted(settings.DATA.path.iterdir()) if p.is_dir() and p not in kept_apart)


def company_keeps_days() -> int | None:
    """For how long requests that have ended are kept; None = for ever."""
    return Company.ours().keep_days
