"""What operations watch, for Prometheus. docs/operations.md says what each means. No label ever holds an id."""

from prometheus_client import Counter, Gauge, Histogram

DETECTION = Histogram(
    "duecare_detection_delay_seconds",
    "From the instant a deadline was due to the recording of its breach.",
    buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600, 86400),
)
CLOCK_SKEW = Gauge("duecare_clock_skew_seconds", "How far the machine's clock is ahead of the database's.")
CLOCK_SUSPECT = Gauge("duecare_clock_suspect", "1 while the clocks are in doubt and nothing is told, else 0.")
OUTBOX_AGE = Gauge("duecare_outbox_age_seconds", "Age of the oldest event that has no place in the feed.")
DELIVERIES_WAITING = Gauge("duecare_deliveries_waiting", "Deliveries that are still to be made.")
DELIVERY_AGE = Gauge("duecare_delivery_age_seconds", "How long ago the oldest waiting delivery fell due.")
DEAD_LETTERS = Gauge("duecare_dead_letters", "Deliveries that were given up and not replayed.")
FAILING = Gauge("duecare_subscriptions_failing", "Subscriptions at which nothing has arrived for a while.")
PAUSED = Gauge("duecare_subscriptions_paused", "Subscriptions that are paused.")
COUNTED_AGE = Gauge(
    "duecare_counted_age_seconds", "Seconds since what waits was counted: so old are the figures of it."
)
EPOCH = Gauge("duecare_feed_epoch", "The feeds' epochs, added up: it rises when another relay takes over.")
PINGS = Counter("duecare_deadman_pings_total", "Pings to the dead man's switch, by outcome.", ["outcome"])
for _outcome in ("arrived", "failed", "withheld"):
    PINGS.labels(_outcome)  # an alert on what has not happened yet must find a 0
