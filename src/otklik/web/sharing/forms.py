"""Forms of taking away; each names its fields."""

from datetime import timedelta
from typing import Any

from django import forms

from otklik.base.text import N_
from otklik.schemas.views import UnreadableView, View
from otklik.web.access import Right, may
from otklik.web.accounts.models import User
from otklik.web.posting import ABOUT
from otklik.web.sharing.making import REPORT_KINDS
from otklik.web.sharing.models import Digest
from otklik.web.sharing.pages import PAGES, SHAREABLE, query_of, view_of
from otklik.web.sharing.telegram import CHAT, TOKEN
from otklik.web.words import say, say_later

LANGUAGES = (("en", "English"), ("ru", "Русский"))
DAYS = ((1, N_("1 day")), (7, N_("1 week")), (30, N_("30 days")), (90, N_("90 days")))
RHYTHMS = {Digest.WEEKLY: N_("every week, on Monday"), Digest.MONTHLY: N_("every month, on the 1st")}


class WithQuery(forms.Form):
    """A form about a view; the view comes along as it stands in an address."""

    query = forms.CharField(required=False, max_length=8_000, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """The shortest form, or a refusal."""
        try:
            self.view: View = view_of(self.cleaned_data["query"])
        except UnreadableView as wrong:
            raise forms.ValidationError(say(wrong.message) % wrong.facts) from None
        return query_of(self.view)


class AskForReport(WithQuery):
    """As what, in which language."""

    kind = forms.ChoiceField(
        label=say_later(N_("As")), choices=[(k, say_later(name)) for k, name in REPORT_KINDS.items()]
    )
    language = forms.ChoiceField(label=say_later(N_("Language")), choices=LANGUAGES)


class SaveView(WithQuery):
    """A name for a view of a page, for oneself or for everybody."""

    name = forms.CharField(label=say_later(N_("Name of the view")), max_length=80)
    page = forms.ChoiceField(choices=[(page, page) for page in PAGES], widget=forms.HiddenInput)
    is_shared = forms.BooleanField(label=say_later(N_("Everybody in the company sees it")), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may(user, Right.SHARE):
            del self.fields["is_shared"]


class RenameView(forms.Form):
    """Another name, another circle."""

    name = forms.CharField(label=say_later(N_("Name of the view")), max_length=80)
    is_shared = forms.BooleanField(label=say_later(N_("Everybody in the company sees it")), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may(user, Right.SHARE):
            del self.fields["is_shared"]


class MakeLink(WithQuery):
    """What to show to whom, for how long."""

    name = forms.CharField(
        label=say_later(N_("For whom")), max_length=80,
        help_text=say_later(N_("Only you and your managers see this; it helps to find the link again.")),
    )  # fmt: skip
    page = forms.ChoiceField(
        label=say_later(N_("What is shown")), choices=[(page, say_later(PAGES[page][0])) for page in SHAREABLE]
    )
    days = forms.TypedChoiceField(
        label=say_later(N_("Holds for")), coerce=int, initial=30, choices=[(n, say_later(name)) for n, name in DAYS]
    )

    @property
    def valid_for(self) -> timedelta:
        """How long."""
        return timedelta(days=self.cleaned_data["days"])


class NewDigest(WithQuery):
    """Who gets figures by mail, how often, in which language."""

    person = forms.ModelChoiceField(label=say_later(N_("Who gets it")), queryset=User.objects.none())
    name = forms.CharField(label=say_later(N_("Name of the digest")), max_length=80)
    rhythm = forms.ChoiceField(
        label=say_later(N_("How often")), choices=[(r, say_later(n)) for r, n in RHYTHMS.items()]
    )
    language = forms.ChoiceField(label=say_later(N_("Language")), choices=LANGUAGES)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.for_user(user).filter(is_active=True)
        field.empty_label = None


class ChatForm(forms.Form):
    """A chat of Telegram, the bot that writes there, what it is told; the token is never shown again."""

    name = forms.CharField(
        label=say_later(N_("Name of the chat here")), max_length=80,
        help_text=say_later(N_("Only to find it again; nobody in the chat sees it.")),
    )  # fmt: skip
    token = forms.CharField(
        label=say_later(N_("Token of the bot")), max_length=120, strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=say_later(N_("From @BotFather, such as 123456:ABC-DEF. It is kept encrypted and never shown again.")),
    )  # fmt: skip
    chat = forms.CharField(
        label=say_later(N_("Number of the chat")), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=say_later(N_("Such as -1001234567890, or the @name of a channel. The bot has to be a member.")),
    )  # fmt: skip
    about = forms.MultipleChoiceField(
        label=say_later(N_("What is told there")), widget=forms.CheckboxSelectMultiple,
        choices=[(about, say_later(name)) for about, name in ABOUT.items()],
    )  # fmt: skip

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            self.fields["token"].required = False
            self.fields["token"].help_text = say(N_("Leave it empty to keep the one we have."))

    def clean_token(self) -> str:
        """Only what can be a token: it becomes part of an address."""
        token: str = self.cleaned_data["token"]
        if token and not TOKEN.fullmatch(token):
            raise forms.ValidationError(
                say(N_("This is no token of a bot: copy it from @BotFather as it stands there."))
            )
        return token

    def clean_chat(self) -> str:
        """A number or the name of a channel."""
        chat: str = self.cleaned_data["chat"]
        if not CHAT.fullmatch(chat):
            raise forms.ValidationError(say(N_("This is no number of a chat, nor the @name of a channel.")))
        return chat
