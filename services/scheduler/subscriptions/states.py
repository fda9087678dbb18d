"""What can be done with a subscription, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class SubscriptionState(StrEnum):
    """Told of what happens; not told just now, what happens being kept for it; told no more."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class SubscriptionVerb(StrEnum):
    """What is done with a subscription."""

    SUBSCRIBE = "subscribe"
    CHANGE = "change"
    ROTATE = "rotate"
    PING = "ping"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


SUBSCRIPTION = Lifecycle(
    noun="subscription",
    steps={
        None: {SubscriptionVerb.SUBSCRIBE: SubscriptionState.ACTIVE},
        SubscriptionState.ACTIVE: {
            SubscriptionVerb.CHANGE: SubscriptionState.ACTIVE,
            SubscriptionVerb.ROTATE: SubscriptionState.ACTIVE,
            SubscriptionVerb.PING: SubscriptionState.ACTIVE,
            SubscriptionVerb.PAUSE: SubscriptionState.PAUSED,
            SubscriptionVerb.END: SubscriptionState.ENDED,
        },
        SubscriptionState.PAUSED: {
            SubscriptionVerb.CHANGE: SubscriptionState.PAUSED,
            SubscriptionVerb.ROTATE: SubscriptionState.PAUSED,
            SubscriptionVerb.RESUME: SubscriptionState.ACTIVE,
            SubscriptionVerb.END: SubscriptionState.ENDED,
        },
        SubscriptionState.ENDED: {},
    },
    done={
        SubscriptionVerb.SUBSCRIBE: "made",
        SubscriptionVerb.CHANGE: "changed",
        SubscriptionVerb.ROTATE: "given another secret",
        SubscriptionVerb.PING: "pinged",
        SubscriptionVerb.PAUSE: "paused",
        SubscriptionVerb.RESUME: "resumed",
        SubscriptionVerb.END: "ended",
    },
    advice="Subscribe anew, and read from the feed what was published meanwhile.",
)
