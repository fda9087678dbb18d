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
# A declared conflict says something of an officer's private life.
CONFLICT_READERS = roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.AUDITOR, Role.CASE_SYSTEM)
FIGURE_READERS = roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.ANALYST, Role.AUDITOR)

ACCESS: Access = {
    "PUT /v1/children/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/children/{reference}": READERS,
    "POST /v1/children/{reference}/withdraw": roles(Role.CASE_SYSTEM),
    "PUT /v1/care_periods/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/care_periods/{reference}": SCHEDULING,
    "POST /v1/care_periods/{reference}/withdraw": roles(Role.CASE_SYSTEM),
    "PUT /v1/allocations/{reference}": roles(Role.CASE_SYSTEM, Role.IRO_MANAGER),
    "GET /v1/allocations/{reference}": SCHEDULING,
    "GET /v1/allocations": SCHEDULING,
    "POST /v1/allocations/{reference}/end": roles(Role.CASE_SYSTEM, Role.IRO_MANAGER),
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
    "PUT /v1/workers/{reference}": OFFICER_WRITERS,
    "GET /v1/workers/{reference}": OFFICER_READERS,
    "GET /v1/workers": OFFICER_READERS,
    "POST /v1/workers/{reference}/withdraw": OFFICER_WRITERS,
    "PUT /v1/supervisions/{reference}": OFFICER_WRITERS,
    "GET /v1/supervisions/{reference}": OFFICER_READERS,
    "GET /v1/supervisions": OFFICER_READERS,
    "POST /v1/supervisions/{reference}/withdraw": OFFICER_WRITERS,
    "PUT /v1/observations/{reference}": OFFICER_WRITERS,
    "GET /v1/observations/{reference}": OFFICER_READERS,
    "GET /v1/observations": OFFICER_READERS,
    "POST /v1/observations/{reference}/withdraw": OFFICER_WRITERS,
    "PUT /v1/conflicts/{reference}": OFFICER_WRITERS,
    "GET /v1/conflicts/{reference}": CONFLICT_READERS,
    "GET /v1/conflicts": CONFLICT_READERS,
    "POST /v1/conflicts/{reference}/withdraw": OFFICER_WRITERS,
    "POST /v1/reallocations": OFFICER_WRITERS,
    "GET /v1/caseload_figures": FIGURE_READERS,
    "GET /v1/caseload_figures/months": FIGURE_READERS,
    "GET /v1/forecasts": FIGURE_READERS,
}
