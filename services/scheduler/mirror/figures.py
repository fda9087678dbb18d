"""The mirror's figures for Prometheus."""

from prometheus_client import Counter, Gauge

MIRRORED = Counter("duecare_mirror_events_total", "Events that NATS has acknowledged.")
LACKED = Counter(
    "duecare_mirror_events_lacked_total", "Events that NATS no longer held, and was given again."
)
BEHIND = Gauge("duecare_mirror_behind", "Events in the feed that NATS has not acknowledged yet.")
AWAY = Counter(
    "duecare_mirror_outages_total", "Times that the mirror waited for NATS, or went on without a council."
)
FAULTS = Counter("duecare_mirror_faults_total", "Times that the mirror failed by a fault of Duecare's own.")
