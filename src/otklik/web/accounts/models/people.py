"""The company, its teams, the people who log in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import ROLE_NAMES, Right, Role, may
from otklik.web.ownership import OwnedQuerySet
from otklik.web.words import say_later

ROLES = [(role.value, say_later(name)) for role, name in ROLE_NAMES.items()]


class Company(models.Model):
    """The one company of this installation."""

    name = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=2, default="en")
    is_simulated = models.BooleanField(default=False)
    simulated_today = models.DateField(null=True, blank=True)
    """In a made-up company it is always the day on which its records end."""
    second_factor_wanted = models.BooleanField(default=False)
    keep_days = models.PositiveIntegerField(null=True, blank=True)
    """Requests that ended longer ago than this leave the log; None = keep all."""
    vocabulary = models.JSONField(default=dict, blank=True)
    """What goals are called here: see `otklik.web.vocabulary`."""

    @classmethod
    def ours(cls) -> "Company":
        """The company; made when first asked for."""
        found, _ = cls.objects.get_or_create(pk=1)
        return found

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of the company; `name` is how the records name it."""

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["User"]):
    """How accounts are made."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        """Make an account; without a password nobody can log in to it yet."""
        person = self.model(email=self.normalize_email(email).lower(), **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "User":
        """Addresses do not differ by case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who logs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=ROLES, default=Role.VIEWER.value)
    teams = models.ManyToManyField(Team, blank=True, related_name="people")
    language = models.CharField(max_length=2, blank=True)
    record_names = models.JSONField(default=list, blank=True)
    """How the records name this person where requests are held; written by those who manage people."""
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People.from_queryset(OwnedQuerySet)()

    class Meta:
        ordering: ClassVar[list[str]] = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    @staticmethod
    def visible_to(user: "User") -> Q:
        """Those who look after people see everybody; others themselves."""
        return Q() if may(user, Right.PEOPLE) else Q(pk=user.pk)

    def sees_teams(self) -> list[str] | None:
        """Names of the teams whose requests this person may open; None = all."""
        if self.role == Role.MEMBER:
            return list(self.teams.values_list("name", flat=True))
        return None
