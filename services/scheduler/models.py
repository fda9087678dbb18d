"""The tables that the scheduler owns, besides breaches and the feed."""

from services.scheduler.deliveries.models import Delivery, DeliveryAttempt
from services.scheduler.subscriptions.models import Subscription, SubscriptionStep

SCHEDULER_MODELS = (Subscription, SubscriptionStep, Delivery, DeliveryAttempt)
