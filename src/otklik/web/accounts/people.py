"""What may be done with people's accounts; each act is checked, done and written down here."""

from collections.abc import Iterable

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from otklik.web.access import Role
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import ApiToken, Company, Invitation, Team, User
from otklik.web.accounts.problems import LastOwner, NotYourOwnNames, NotYourself, OnlyOwners
from otklik.web.accounts.sessions import end_sessions


def roles_given_by(user: User) -> list[Role]:
    """The roles this person may give: only owners make owners."""
    return [role for role in Role if role is not Role.OWNER or user.role == Role.OWNER]


def may_touch(user: User, other: User) -> bool:
    """Say whether this person may change anything about the other: only owners touch owners."""
    return user.role == Role.OWNER or other.role != Role.OWNER


def invite(request: HttpRequest, email: str, role: Role, teams: Iterable[Team]) -> tuple[Invitation, str]:
    """Invite an address; earlier invitations of it no longer hold. The token is told once."""
    if role not in roles_given_by(person_in(request)):
        raise OnlyOwners
    with transaction.atomic():
        Invitation.objects.filter(email__iexact=email, accepted_at=None).delete()
        made, token = Invitation.invite(email, role, person_in(request))
        made.teams.set(teams)
        record(request, "person.invited", made.email, role=role.value)
    return made, token


def accept(invitation: Invitation, name: str, password: str, language: str) -> User | None:
    """Make the account of an invited person; None where somebody was quicker, or the address has an account by now."""
    now = timezone.now()
    with transaction.atomic():
        mine = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, expires_at__gt=now)
        if not mine.update(accepted_at=now) or User.objects.filter(email__iexact=invitation.email).exists():
            return None
        person = User.objects.create_user(
            invitation.email, password, name=name, role=invitation.role, language=language
        )
        person.teams.set(invitation.teams.all())
        record(person, "invitation.accepted", person.email, role=person.role)
    return person


def change(request: HttpRequest, person: User, name: str, role: Role, teams: Iterable[Team]) -> None:
    """Change name, role and teams."""
    with transaction.atomic():
        person = _locked(request, person)
        if role != person.role:
            if role not in roles_given_by(person_in(request)):
                raise OnlyOwners
            _keep_an_owner(person)
        before = person.role
        person.name, person.role = name, role.value
        person.save(update_fields=["name", "role"])
        person.teams.set(teams)
        record(request, "person.changed", person.email, role=role.value, before=before,
               teams=sorted(person.teams.values_list("name", flat=True)))  # fmt: skip


def name_in_records(request: HttpRequest, person: User, names: list[str]) -> None:
    """Write down how the records name somebody; by these names personal goals are limited to own requests."""
    if person.pk == request.user.pk:
        raise NotYourOwnNames
    with transaction.atomic():
        person = _locked(request, person)
        before, person.record_names = person.record_names, names
        person.save(update_fields=["record_names"])
        record(request, "person.names-set", person.email, names=names, before=before)


def close(request: HttpRequest, person: User) -> None:
    """Close an account: its sessions end, its tokens and its invitations no longer hold."""
    if person.pk == request.user.pk:
        raise NotYourself
    with transaction.atomic():
        person = _locked(request, person)
        _keep_an_owner(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        ApiToken.objects.filter(owner=person, revoked_at=None).update(revoked_at=timezone.now())
        Invitation.objects.filter(invited_by=person, accepted_at=None).delete()
        end_sessions(person)
        record(request, "person.closed", person.email)


def reopen(request: HttpRequest, person: User) -> None:
    """Open a closed account again; its tokens stay revoked."""
    with transaction.atomic():
        person = _locked(request, person)
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(request, "person.reopened", person.email)


def drop_second_step(request: HttpRequest, person: User) -> None:
    """Take the second step off the account of somebody who lost the phone."""
    from allauth.mfa.models import Authenticator

    with transaction.atomic():
        person = _locked(request, person)
        Authenticator.objects.filter(user=person).delete()
        end_sessions(person)
        record(request, "second-step.dropped", person.email)


def throw_out(request: HttpRequest, person: User) -> None:
    """End every session of somebody."""
    person = _checked(request, person)
    record(request, "sessions.ended", person.email, number=end_sessions(person))


def password_link(request: HttpRequest, person: User) -> str:
    """Make the way to a new password for somebody who cannot get mail; it holds for a day, once."""
    from otklik.web.accounts.reset import link_for

    person = _checked(request, person)
    record(request, "password.link-made", person.email)
    return link_for(person)


def _checked(request: HttpRequest, person: User) -> User:
    if not may_touch(person_in(request), person):
        raise OnlyOwners
    return person


def _locked(request: HttpRequest, person: User) -> User:
    """The person as of now; two who change people at once do it one after the other."""
    Company.ours()
    Company.objects.select_for_update().filter(pk=1).first()
    return _checked(request, User.objects.get(pk=person.pk))


def _keep_an_owner(person: User) -> None:
    others = User.objects.filter(role=Role.OWNER.value, is_active=True).exclude(pk=person.pk)
    if person.role == Role.OWNER and person.is_active and not others.exists():
        raise LastOwner
