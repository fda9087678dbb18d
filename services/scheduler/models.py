"""The tables that the scheduler owns, besides breaches and the feed."""

from services.scheduler.consumers.models import Consumer
from services.scheduler.deliveries.models import Delivery, DeliveryAttempt
from services.scheduler.digests.models import Digest
from services.scheduler.mirror.models import MirrorCursor
from services.scheduler.replays.models import Replay
from services.scheduler.subscriptions.models import Subscription, SubscriptionStep
from services.scheduler.watch.models import ClockConfirmation, Heartbeat

SCHEDULER_MODELS = (
    Subscription,
    SubscriptionStep,
    Delivery,
    DeliveryAttempt,
    Replay,
    Consumer,
    MirrorCursor,
    Heartbeat,
    ClockConfirmation,
    Digest,
)
