"""What was found amiss and told already, so that it is told once."""

from django.db import models
from django.utils import timezone


class Watch(models.Model):
    """One thing that is amiss; gone as soon as it is well again."""

    key = models.CharField(max_length=64, primary_key=True)
    about = models.CharField(max_length=10)
    """'target' or 'request'."""
    since = models.DateTimeField(default=timezone.now)
