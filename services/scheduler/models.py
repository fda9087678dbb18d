"""The tables that the scheduler owns, besides breaches and the feed."""

from services.scheduler.deliveries.models import Delivery, DeliveryAttempt
from services.scheduler.subscriptions.models import Subscription
from services.scheduler.watch.models import ClockConfirmation, Heartbeat

SCHEDULER_MODELS = (Subscription, Delivery, DeliveryAttempt, Heartbeat, ClockConfirmation)
