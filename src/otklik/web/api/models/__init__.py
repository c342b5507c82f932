"""What the interface keeps: bodies received, calls out, and how much each token has used."""

from otklik.web.api.models.buckets import Bucket
from otklik.web.api.models.pushes import Push
from otklik.web.api.models.watches import Watch
from otklik.web.api.models.webhooks import Delivery, Webhook

__all__ = ["Bucket", "Delivery", "Push", "Watch", "Webhook"]
