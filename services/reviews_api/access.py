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
CHAIRS = roles(Role.CP_CHAIR, Role.IRO_MANAGER)
# Whoever may read what is held of a child's protection; business support sees the meetings alone.
PROTECTION_READERS = READERS | roles(Role.CP_CHAIR)
PROTECTION_WRITERS = CHAIRS | roles(Role.CASE_SYSTEM)
MEETING_WRITERS = PROTECTION_WRITERS | roles(Role.BUSINESS_SUPPORT)
COUNTERS = CHAIRS | roles(Role.SENIOR_MANAGER, Role.AUDITOR, Role.CASE_SYSTEM)

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
    "PUT /v1/midpoint_checks/{reference}": OFFICERS | roles(Role.CASE_SYSTEM),
    "GET /v1/midpoint_checks/{reference}": READERS,
    "POST /v1/midpoint_checks/{reference}/withdraw": OFFICERS | roles(Role.CASE_SYSTEM),
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
    "PUT /v1/strategy_discussions/{reference}": PROTECTION_WRITERS,
    "GET /v1/strategy_discussions/{reference}": PROTECTION_READERS,
    "POST /v1/strategy_discussions/{reference}/withdraw": PROTECTION_WRITERS,
    "PUT /v1/conferences/{reference}": MEETING_WRITERS,
    "GET /v1/conferences": HEARERS,
    "GET /v1/conferences/{reference}": HEARERS,
    "POST /v1/conferences/{reference}/hold": MEETING_WRITERS,
    "POST /v1/conferences/{reference}/postpone": MEETING_WRITERS,
    "POST /v1/conferences/{reference}/cancel": OFFICER_WRITERS,
    "POST /v1/conferences/{reference}/withdraw": OFFICER_WRITERS,
    "GET /v1/conference_figures": COUNTERS,
    "PUT /v1/protection_plans/{reference}": PROTECTION_WRITERS,
    "GET /v1/protection_plans": PROTECTION_READERS,
    "GET /v1/protection_plans/{reference}": PROTECTION_READERS,
    "POST /v1/protection_plans/{reference}/end": PROTECTION_WRITERS,
    "POST /v1/protection_plans/{reference}/withdraw": OFFICER_WRITERS,
    "GET /v1/plan_figures": COUNTERS,
    "PUT /v1/core_groups/{reference}": MEETING_WRITERS,
    "GET /v1/core_groups/{reference}": HEARERS,
    "POST /v1/core_groups/{reference}/withdraw": MEETING_WRITERS,
    "PUT /v1/pre_proceedings/{reference}": OFFICER_WRITERS,
    "GET /v1/pre_proceedings/{reference}": PROTECTION_READERS,
    "POST /v1/pre_proceedings/{reference}/withdraw": OFFICER_WRITERS,
}
