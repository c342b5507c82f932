"""People, and one person."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.actions.list_names import list_holders, looking_alike
from otklik.base.text import N_
from otklik.web.access import ROLE_NAMES, Right, Role, needs
from otklik.web.accounts import people as rules
from otklik.web.accounts.adapter import has_second_factor
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.forms.people import AboutPerson, NamesInRecords
from otklik.web.accounts.models import Invitation, Team, User
from otklik.web.words import say

ROLE_TITLES = {role.value: name for role, name in ROLE_NAMES.items()}


@require_GET
@needs(Right.PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and who is invited."""
    from allauth.mfa.models import Authenticator

    sure = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))
    found = User.objects.for_user(request.user).prefetch_related("teams").order_by("-is_active", "email")
    waiting = Invitation.objects.for_user(request.user).filter(accepted_at=None, expires_at__gt=timezone.now())
    return render(request, "accounts/people.html", {
        "people": found, "with_second_step": sure, "invitations": waiting.order_by("-id"),
        "role_titles": ROLE_TITLES, "teams": Team.objects.count(),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Right.PEOPLE)
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: name, role, teams, and what can be done about the account."""
    found = User.objects.one_for(request.user, pk=person_id)
    roles = rules.roles_given_by(person_in(request))
    if not rules.may_touch(person_in(request), found):
        roles = [Role(found.role)]
    form = AboutPerson(
        request.POST or None, roles=roles,
        initial={"name": found.name, "role": found.role, "teams": list(found.teams.all())},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        rules.change(request, found, told["name"], Role(told["role"]), told["teams"])
        messages.success(request, say(N_("Saved.")))
        return redirect("person", person_id=found.pk)
    return _page(request, found, form)


def _page(
    request: HttpRequest, found: User, form: AboutPerson, link: str = "", names: NamesInRecords | None = None
) -> HttpResponse:
    names = names or NamesInRecords(person=found, alike=_alike(found, list_holders(settings.DATA.log)))
    return render(request, "accounts/person.html", {
        "found": found, "form": form, "link": link, "role_titles": ROLE_TITLES, "names": names,
        "second_step": has_second_factor(found), "is_me": found.pk == request.user.pk,
        "may_touch": rules.may_touch(person_in(request), found), "sessions": found.logins.count(),
    }, status=422 if form.errors or names.errors else 200)  # fmt: skip


def _alike(found: User, holders: list[str]) -> list[str]:
    return looking_alike(holders, f"{found.name} {found.email.partition('@')[0]}")


@require_POST
@needs(Right.PEOPLE)
def person_names(request: HttpRequest, person_id: int) -> HttpResponse:
    """How the records name a person: whose requests count as their own, in goals that nobody else sees."""
    found = User.objects.one_for(request.user, pk=person_id)
    holders = list_holders(settings.DATA.log)
    form = NamesInRecords(request.POST, person=found, alike=_alike(found, holders))
    if not form.is_valid():
        return _page(request, found, _about(request, found), names=form)
    rules.name_in_records(request, found, form.cleaned_data["names"])
    messages.success(request, say(N_("Saved.")))
    strange = set(form.cleaned_data["names"]) - set(holders)
    if strange:
        text = N_("Nobody of this name holds a request in the records so far: %(names)s.")
        messages.warning(request, say(text, names=", ".join(sorted(strange))))
    return redirect("person", person_id=found.pk)


def _about(request: HttpRequest, found: User) -> AboutPerson:
    return AboutPerson(
        roles=rules.roles_given_by(person_in(request)),
        initial={"name": found.name, "role": found.role, "teams": list(found.teams.all())},
    )


@require_POST
@needs(Right.PEOPLE)
def person_act(request: HttpRequest, person_id: int, act: str) -> HttpResponse:
    """Close, open again, end sessions, take the second step off."""
    found = User.objects.one_for(request.user, pk=person_id)
    do, said = _ACTS[act]
    do(request, found)
    messages.success(request, say(said))
    return redirect("person", person_id=found.pk)


_ACTS = {
    "close": (rules.close, N_("The account is closed; its sessions have ended and its tokens no longer hold.")),
    "open": (rules.reopen, N_("The account is open again.")),
    "end-sessions": (rules.throw_out, N_("All sessions of this person have ended.")),
    "drop-second-step": (rules.drop_second_step, N_("The second step is off for this person.")),
}
ACTS = "|".join(_ACTS)


@require_POST
@needs(Right.PEOPLE)
def person_link(request: HttpRequest, person_id: int) -> HttpResponse:
    """A way to a new password, shown once."""
    found = User.objects.one_for(request.user, pk=person_id)
    link = rules.password_link(request, found)
    return _page(request, found, _about(request, found), link)
