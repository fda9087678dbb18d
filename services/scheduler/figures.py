"""The scheduler's figures for Prometheus. No label ever holds an id."""

from prometheus_client import Counter, Gauge

BREACHES = Counter("duecare_breaches_recorded_total", "Breaches recorded.")
POSITIONED = Counter("duecare_events_positioned_total", "Events given their place in the feed.")
FENCED = Counter(
    "duecare_relay_fenced_total", "Times a writer of the feed was refused because another had taken it over."
)
ATTEMPTS = Counter("duecare_delivery_attempts_total", "Webhook attempts, by outcome.", ["outcome"])
MOVED = Counter("duecare_deadlines_followed_total", "Deadlines that followed a change of the calendar.")
DIGESTS = Counter(
    "duecare_digests_total",
    "Digests, by what became of an attempt, or given up as their day was over.",
    ["state"],
)
POST_AWAY = Counter("duecare_digest_post_away_total", "Times no mail server was there for digests.")
# An alert on what has not happened yet must find a 0.
ATTEMPTS.labels("fault")
DIGESTS.labels("given_up")
SWEEP_AGE = Gauge("duecare_last_sweep_age_seconds", "Seconds since every authority was last swept.")
OUTBOX_WAITING = Gauge("duecare_outbox_waiting", "Events that wait for their place in the feed.")
