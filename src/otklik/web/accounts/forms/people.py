"""Forms about people, teams and invitations."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from otklik.base.text import N_
from otklik.schemas.views import NOTHING
from otklik.web.access import ROLE_NAMES, Role
from otklik.web.accounts.models import Team, User
from otklik.web.words import say, say_later

MEANINGS = {
    Role.OWNER: N_("everything, and alone decides about owners and the company"),
    Role.MANAGER: N_("everything but the company's own settings"),
    Role.ANALYST: N_("all figures and requests; brings records in, sets hours and targets, shares"),
    Role.MEMBER: N_("all figures; single requests of the own teams only"),
    Role.VIEWER: N_("figures of the company only, no single request"),
}
TEXTS = forms.Textarea(attrs={"rows": 3})


def role_choices(roles: list[Role]) -> list[tuple[str, str]]:
    """Roles with what they mean."""
    return [(role.value, f"{say(ROLE_NAMES[role])}: {say(MEANINGS[role])}") for role in roles]


class AboutPerson(forms.Form):
    """Name, role and teams of somebody; `roles` are those the asker may give."""

    name = forms.CharField(label=say_later(N_("Name")), max_length=120, required=False)
    role = forms.ChoiceField(label=say_later(N_("Role")), widget=forms.RadioSelect)
    teams = forms.ModelMultipleChoiceField(
        label=say_later(N_("Teams")), queryset=Team.objects.all(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=say_later(N_("Members see the single requests of their teams.")),
    )  # fmt: skip

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = role_choices(roles)


MOST_NAMES = 20
LONGEST_NAME = 200


class NamesInRecords(forms.Form):
    """How the records name somebody: some that stand in them, and others, one on each line."""

    known = forms.MultipleChoiceField(
        label=say_later(N_("Names in the records that look alike")), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=say_later(N_("Names, one on each line")), required=False, max_length=(LONGEST_NAME + 2) * MOST_NAMES,
        widget=TEXTS, help_text=say_later(N_("Exactly as the records write who holds a request.")),
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, alike: list[str], **kwargs: Any) -> None:
        mine = list(person.record_names)
        offered = [*(name for name in mine if name in alike), *(name for name in alike if name not in mine)]
        others = "\n".join(name for name in mine if name not in alike)
        super().__init__(*args, initial={"known": mine, "others": others}, **kwargs)
        self.person = person
        field = self.fields["known"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, name) for name in offered]

    def clean(self) -> dict[str, Any]:
        """All names, each once; none that counts as somebody else's."""
        found = super().clean() or {}
        lines = (line.strip() for line in found.get("others", "").splitlines())
        names = list(dict.fromkeys([*found.get("known", []), *filter(None, lines)]))
        if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME or name == NOTHING for name in names):
            text = N_("At most %(names)s names of at most %(letters)s letters; a dash is no name.")
            self.add_error("others", say(text, names=MOST_NAMES, letters=LONGEST_NAME))
        for other in User.objects.exclude(pk=self.person.pk):
            for name in set(names) & set(other.record_names):
                self.add_error("others", say(N_("“%(name)s” counts as %(person)s already."), name=name, person=other))
        return found | {"names": names}


class Invite(AboutPerson):
    """Who is invited, as what."""

    email = forms.EmailField(label=say_later(N_("E-mail address")))
    field_order = ("email", "role", "teams")

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, roles=roles, **kwargs)
        del self.fields["name"]
        self.fields["role"].initial = Role.VIEWER.value

    def clean_email(self) -> str:
        """Only addresses nobody here has yet."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(say(N_("This address has an account here already.")))
        return email


class Accept(forms.Form):
    """What an invited person tells."""

    name = forms.CharField(label=say_later(N_("Your name")), max_length=120)
    password = forms.CharField(
        label=say_later(N_("A password, at least 10 characters")), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Check the password against the person."""
        found = super().clean() or {}
        if found.get("password"):
            try:
                validate_password(found["password"], User(email=self.email, name=found.get("name", "")))
            except forms.ValidationError as wrong:
                self.add_error("password", wrong)
        return found


class AboutTeam(forms.ModelForm):
    """A team, by the name the records give it."""

    class Meta:
        model = Team
        fields = ("name",)
        labels = {"name": say_later(N_("Name of the team"))}
        help_texts = {"name": say_later(N_("Write it exactly as your records do; then members see its requests."))}

    def clean_name(self) -> str:
        """Without spaces around; each once."""
        name: str = self.cleaned_data["name"].strip()
        if Team.objects.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(say(N_("There is a team of this name already.")))
        return name
