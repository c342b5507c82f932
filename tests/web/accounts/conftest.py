"""A browser that logs in as people do, an authenticator app, and a worker that does what is queued."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.adapter import SecondFactor
from otklik.web.accounts.models import User
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker
from tests.web.conftest import PASSWORD


@pytest.fixture(autouse=True)
def fresh_counts(db: Any) -> Iterator[None]:
    """Nobody has tried anything yet."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def log_in() -> Callable[..., Any]:
    """Post the form of log-in; return the answer."""

    def post(client: Client, email: str, password: str = PASSWORD, address: str = "192.0.2.1", **more: str) -> Any:
        form = {"login": email, "password": password}
        return client.post(reverse("account_login"), form, REMOTE_ADDR=address, **more)

    return post


def code_of(user: User, periods: int = 0) -> str:
    """What the authenticator app of the person shows now, or some periods of 30 s later."""
    sealed = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    return code_for(SecondFactor().decrypt(sealed), periods)


def code_for(secret: str, periods: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


@pytest.fixture
def with_second_step() -> Callable[[User], User]:
    """Switch the second step on for somebody, recovery codes included."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    def switch_on(user: User) -> User:
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
        return user

    return switch_on


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Job]]:
    """Do everything that is queued; return the jobs done."""

    def do() -> list[Job]:
        worker = Worker()
        before = set(Job.objects.filter(state=Job.QUEUED).values_list("pk", flat=True))
        while (job := Job.claim()) is not None:
            worker._do(job)
        return list(Job.objects.filter(pk__in=before))

    return do


def said(response: Any) -> list[str]:
    """What a page told the person beside its content."""
    return [str(message) for message in get_messages(response.wsgi_request)]
