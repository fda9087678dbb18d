"""Who may use which route of reviews_api: one row per route."""

from shared.auth.access import Access, roles
from shared.auth.principal import Role

OFFICERS = roles(Role.IRO, Role.IRO_MANAGER)
WRITERS = OFFICERS | roles(Role.CASE_SYSTEM, Role.BUSINESS_SUPPORT)
READERS = OFFICERS | roles(
    Role.CASE_SYSTEM, Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.AUDITOR
)
SCHEDULING = READERS | roles(Role.BUSINESS_SUPPORT)

ACCESS: Access = {
    "PUT /v1/children/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/children/{reference}": READERS,
    "PUT /v1/care_periods/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/care_periods/{reference}": SCHEDULING,
    "PUT /v1/allocations/{reference}": roles(Role.CASE_SYSTEM, Role.IRO_MANAGER),
    "GET /v1/allocations/{reference}": SCHEDULING,
    "PUT /v1/reviews/{reference}": WRITERS,
    "GET /v1/reviews/{reference}": SCHEDULING,
    "POST /v1/reviews/{reference}/hold": WRITERS,
    "POST /v1/reviews/{reference}/cancel": roles(Role.IRO_MANAGER, Role.CASE_SYSTEM),
    "PUT /v1/midpoint_checks/{reference}": OFFICERS | roles(Role.CASE_SYSTEM),
    "GET /v1/midpoint_checks/{reference}": READERS,
    "GET /v1/caseloads/{officer}": OFFICERS | roles(Role.CASE_SYSTEM, Role.SENIOR_MANAGER),
}
