"""The tables that the scheduler owns, besides breaches and the feed."""

from services.scheduler.deliveries.models import Delivery, DeliveryAttempt
from services.scheduler.digests.models import Digest
from services.scheduler.subscriptions.models import Subscription

SCHEDULER_MODELS = (Subscription, Delivery, DeliveryAttempt, Digest)
