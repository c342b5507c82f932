"""The first account of an installation: its owner."""

from typing import Any

from django.db import transaction

from otklik.web.access import Role
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import Company, User


def first_owner(email: str, password: str, *, language: str = "en", **company: Any) -> User | None:
    """Make the owner and the company; None where somebody is here already."""
    with transaction.atomic():
        ours = Company.ours()
        Company.objects.select_for_update().filter(pk=ours.pk).first()
        if User.objects.exists():
            return None
        for name, value in {"language": language, **company}.items():
            setattr(ours, name, value)
        ours.save()
        owner = User.objects.create_user(email, password, role=Role.OWNER.value, language=language)
        record(owner, "company.founded", ours.name)
    return owner
