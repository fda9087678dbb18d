"""Who may use which route of the scheduler: one row per route."""

from shared.auth.access import Access, roles
from shared.auth.principal import Role

LISTENERS = roles(Role.CASE_SYSTEM, Role.IRO_MANAGER, Role.OPERATOR, Role.AUDITOR, Role.IRO)
SUBSCRIBERS = roles(Role.CASE_SYSTEM, Role.OPERATOR)
EVERYBODY = frozenset(Role)
# Those who may read a child's page. The operator runs the machine, and needs no child's story for that.
READERS = roles(
    Role.IRO,
    Role.IRO_MANAGER,
    Role.CASE_SYSTEM,
    Role.SOCIAL_WORKER,
    Role.TEAM_MANAGER,
    Role.SENIOR_MANAGER,
    Role.AUDITOR,
)
OFFICER_READERS = READERS - roles(Role.SOCIAL_WORKER)

ACCESS: Access = {
    "GET /v1/digests/preview": roles(Role.IRO, Role.CP_CHAIR, Role.TEAM_MANAGER),
    "GET /v1/digests": roles(Role.OPERATOR, Role.AUDITOR),
    "GET /v1/events": LISTENERS,
    "GET /v1/events/stream": LISTENERS,
    "GET /v1/event_types": EVERYBODY,
    "GET /v1/event_types/{type}": EVERYBODY,
    "POST /v1/subscriptions": SUBSCRIBERS,
    "GET /v1/subscriptions": SUBSCRIBERS,
    "GET /v1/subscriptions/{subscription_id}": SUBSCRIBERS,
    "PUT /v1/subscriptions/{subscription_id}": SUBSCRIBERS,
    "DELETE /v1/subscriptions/{subscription_id}": SUBSCRIBERS,
    "POST /v1/subscriptions/{subscription_id}/rotate": SUBSCRIBERS,
    "POST /v1/subscriptions/{subscription_id}/ping": SUBSCRIBERS,
    "POST /v1/subscriptions/{subscription_id}/pause": SUBSCRIBERS,
    "POST /v1/subscriptions/{subscription_id}/resume": SUBSCRIBERS,
    "GET /v1/subscriptions/{subscription_id}/steps": SUBSCRIBERS,
    "GET /v1/subscriptions/{subscription_id}/deliveries": SUBSCRIBERS,
    "GET /v1/dead_letters": SUBSCRIBERS,
    "POST /v1/subscriptions/{subscription_id}/replays": SUBSCRIBERS,
    "GET /v1/replays/{replay_id}": SUBSCRIBERS,
    "GET /v1/subscriptions/{subscription_id}/reconciliation": SUBSCRIBERS,
    "GET /v1/reconciliation": SUBSCRIBERS,
    "POST /v1/subscriptions/{subscription_id}/acknowledgements": SUBSCRIBERS,
    "PUT /v1/consumers/{reference}": SUBSCRIBERS,
    "DELETE /v1/consumers/{reference}": SUBSCRIBERS,
    "GET /v1/timescales": EVERYBODY,
    "GET /v1/timescales/{code}": EVERYBODY,
    "POST /v1/timescales/preview": EVERYBODY,
    "POST /v1/timescales/what-if": READERS,
    "GET /v1/deadlines/{deadline_id}": READERS,
    "GET /v1/deadlines/{deadline_id}/explanation": READERS,
    "GET /v1/deadlines/{deadline_id}/history": READERS,
    "GET /v1/calendar": EVERYBODY,
    "POST /v1/calendar/days": roles(Role.OPERATOR),
    "POST /v1/calendar/days/{day_id}/withdraw": roles(Role.OPERATOR),
    "POST /v1/clock/confirm": roles(Role.OPERATOR),
}
