"""Who may use which route of reviews_api: one row per route."""

from shared.auth.access import Access, roles
from shared.auth.principal import Role

OFFICERS = roles(Role.IRO, Role.IRO_MANAGER)
WRITERS = OFFICERS | roles(Role.CASE_SYSTEM, Role.BUSINESS_SUPPORT)
READERS = OFFICERS | roles(
    Role.CASE_SYSTEM, Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.AUDITOR
)
OFFICER_READERS = READERS - roles(Role.SOCIAL_WORKER)
OFFICER_WRITERS = roles(Role.IRO_MANAGER, Role.CASE_SYSTEM)
APPROVERS = roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.CASE_SYSTEM)
SCHEDULING = READERS | roles(Role.BUSINESS_SUPPORT)
# Facts and histories are of child protection too.
TELLERS = WRITERS | roles(Role.CP_CHAIR)
HEARERS = SCHEDULING | roles(Role.CP_CHAIR)
# Midpoint checks are the chairs' too.
CHECKERS = OFFICERS | roles(Role.CASE_SYSTEM, Role.CP_CHAIR)
CHECK_READERS = READERS | roles(Role.CP_CHAIR)

ACCESS: Access = {
    "PUT /v1/children/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/children/{reference}": READERS,
    "POST /v1/children/{reference}/withdraw": roles(Role.CASE_SYSTEM),
    "PUT /v1/care_periods/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/care_periods/{reference}": SCHEDULING,
    "POST /v1/care_periods/{reference}/withdraw": roles(Role.CASE_SYSTEM),
    "PUT /v1/allocations/{reference}": roles(Role.CASE_SYSTEM, Role.IRO_MANAGER),
    "GET /v1/allocations/{reference}": SCHEDULING,
    "POST /v1/allocations/{reference}/withdraw": roles(Role.CASE_SYSTEM, Role.IRO_MANAGER),
    "PUT /v1/reviews/{reference}": WRITERS,
    "GET /v1/reviews/{reference}": SCHEDULING,
    "POST /v1/reviews/{reference}/hold": WRITERS,
    "POST /v1/reviews/{reference}/cancel": roles(Role.IRO_MANAGER, Role.CASE_SYSTEM),
    "POST /v1/reviews/{reference}/withdraw": roles(Role.IRO_MANAGER, Role.CASE_SYSTEM),
    "PUT /v1/midpoint_checks/{reference}": CHECKERS,
    "GET /v1/midpoint_checks": CHECK_READERS,
    "GET /v1/midpoint_checks/{reference}": CHECK_READERS,
    "POST /v1/midpoint_checks/{reference}/complete": CHECKERS,
    "POST /v1/midpoint_checks/{reference}/cancel": CHECKERS,
    "POST /v1/midpoint_checks/{reference}/withdraw": CHECKERS,
    "PUT /v1/care_planning_meetings/{reference}": WRITERS,
    "GET /v1/care_planning_meetings": SCHEDULING,
    "GET /v1/care_planning_meetings/{reference}": SCHEDULING,
    "POST /v1/care_planning_meetings/{reference}/withdraw": WRITERS,
    "PUT /v1/visits/{reference}": TELLERS,
    "GET /v1/visits": HEARERS,
    "GET /v1/visits/{reference}": HEARERS,
    "POST /v1/visits/{reference}/withdraw": TELLERS,
    "PUT /v1/milestones/{reference}": WRITERS,
    "GET /v1/milestones": SCHEDULING,
    "GET /v1/milestones/{reference}": SCHEDULING,
    "POST /v1/milestones/{reference}/withdraw": WRITERS,
    "GET /v1/between_reviews_figures": roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.ANALYST),
    "PUT /v1/histories/{reference}": TELLERS,
    "GET /v1/histories/{reference}": HEARERS,
    "PUT /v1/facts/{reference}": TELLERS,
    "GET /v1/facts/{reference}": HEARERS,
    "POST /v1/facts/{reference}/withdraw": TELLERS,
    "PUT /v1/exemptions/{reference}": APPROVERS,
    "GET /v1/exemptions/{reference}": READERS,
    "GET /v1/exemptions": READERS,
    "POST /v1/exemptions/{reference}/withdraw": APPROVERS,
    "GET /v1/caseloads/{officer}": OFFICERS | roles(Role.CASE_SYSTEM, Role.SENIOR_MANAGER),
}
