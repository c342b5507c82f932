"""What happens to teams is followed by their goals."""

from typing import Any

from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver

from otklik.web.accounts.models import Team
from otklik.web.goals.changing import write
from otklik.web.goals.models import CLOSED, Objective


@receiver(pre_save, sender=Team, dispatch_uid="otklik.goals.team-renamed")
def team_renamed(instance: Team, **_: Any) -> None:
    """Goals of a team go with its name; those of closed cycles keep the name of their time."""
    before = Team.objects.filter(pk=instance.pk).values_list("name", flat=True).first()
    if not before or before == instance.name:
        return
    with transaction.atomic():
        for row in Objective.objects.filter(team=before).exclude(cycle__stage=CLOSED):
            row.team = instance.name
            write(row, None)
