"""Who may use which route of the scheduler: one row per route."""

from shared.auth.access import Access, roles
from shared.auth.principal import Role

LISTENERS = roles(Role.CASE_SYSTEM, Role.IRO_MANAGER, Role.OPERATOR, Role.AUDITOR, Role.IRO)
SUBSCRIBERS = roles(Role.CASE_SYSTEM, Role.OPERATOR)
EVERYBODY = frozenset(Role)

ACCESS: Access = {
    "GET /v1/events": LISTENERS,
    "GET /v1/events/stream": LISTENERS,
    "POST /v1/subscriptions": SUBSCRIBERS,
    "GET /v1/subscriptions": SUBSCRIBERS,
    "GET /v1/subscriptions/{subscription_id}": SUBSCRIBERS,
    "DELETE /v1/subscriptions/{subscription_id}": SUBSCRIBERS,
    "GET /v1/subscriptions/{subscription_id}/deliveries": SUBSCRIBERS,
    "GET /v1/timescales": EVERYBODY,
    "GET /v1/timescales/{code}": EVERYBODY,
}
