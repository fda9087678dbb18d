"""Who may use which route of escalation_api: one row per route."""

from shared.auth.access import Access, roles
from shared.auth.principal import Role

OFFICERS = roles(Role.IRO, Role.CP_CHAIR, Role.IRO_MANAGER)
READERS = OFFICERS | roles(Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.CASE_SYSTEM, Role.AUDITOR)

ACCESS: Access = {
    "POST /v1/escalations": OFFICERS,
    "GET /v1/escalations": READERS,
    "GET /v1/escalations/{id}": READERS,
    "POST /v1/escalations/{id}/accept": OFFICERS,
    "POST /v1/escalations/{id}/dismiss": OFFICERS,
    "POST /v1/escalations/{id}/resolve": OFFICERS,
}
