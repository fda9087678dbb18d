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
# Whoever escalation_api lets read an escalation, of those who read here.
ESCALATION_READERS = READERS | roles(Role.CP_CHAIR)
# Facts and histories are of child protection too, and so is what is due.
TELLERS = WRITERS | roles(Role.CP_CHAIR)
HEARERS = SCHEDULING | roles(Role.CP_CHAIR)
# Whoever is to carry a decision out says how far it is.
CARRIERS = OFFICERS | roles(Role.CASE_SYSTEM, Role.SOCIAL_WORKER, Role.TEAM_MANAGER)
# Samples, audits, checklists and surveys: the manager's. Officers answer; an analyst sees figures and no child.
ASSURANCE_WRITERS = roles(Role.IRO_MANAGER, Role.CASE_SYSTEM)
ASSURANCE_ANSWERERS = ASSURANCE_WRITERS | roles(Role.IRO)
ASSURANCE_READERS = ASSURANCE_ANSWERERS | roles(Role.SENIOR_MANAGER, Role.AUDITOR)
ASSURANCE_COUNTERS = ASSURANCE_READERS | roles(Role.ANALYST)
CHAIRS = roles(Role.CP_CHAIR, Role.IRO_MANAGER)
# Whoever may read what is held of a child's protection; business support sees the meetings alone.
PROTECTION_READERS = READERS | roles(Role.CP_CHAIR)
PROTECTION_WRITERS = CHAIRS | roles(Role.CASE_SYSTEM)
MEETING_WRITERS = PROTECTION_WRITERS | roles(Role.BUSINESS_SUPPORT)
COUNTERS = CHAIRS | roles(Role.SENIOR_MANAGER, Role.AUDITOR, Role.CASE_SYSTEM)
# A declared conflict says something of an officer's private life.
CONFLICT_READERS = roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.AUDITOR, Role.CASE_SYSTEM)
FIGURE_READERS = roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.ANALYST, Role.AUDITOR)
# Midpoint checks are the chairs' too.
CHECKERS = OFFICERS | roles(Role.CASE_SYSTEM, Role.CP_CHAIR)
CHECK_READERS = READERS | roles(Role.CP_CHAIR)

# Officers of either kind hold links to their own calendars; managers and the case system make them for any officer.
LINK_MAKERS = CHECKERS

# Opened by the secret in their address, without a token: a calendar program has none to show.
LINKED = frozenset({"GET /v1/calendar_links/feed/{secret}.ics"})

ACCESS: Access = {
    "PUT /v1/children/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/children": READERS,
    "GET /v1/children/{reference}": READERS,
    "GET /v1/children/{reference}/timeline": READERS,
    "POST /v1/children/{reference}/withdraw": roles(Role.CASE_SYSTEM),
    "POST /v1/children/{reference}/merge": OFFICER_WRITERS,
    "POST /v1/children/{reference}/split": OFFICER_WRITERS,
    "GET /v1/children/{reference}/merges": READERS,
    "PUT /v1/care_periods/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/care_periods/{reference}": SCHEDULING,
    "POST /v1/care_periods/{reference}/withdraw": roles(Role.CASE_SYSTEM),
    "GET /v1/care_figures": FIGURE_READERS,
    "PUT /v1/placements/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/placements/{reference}": READERS,
    "GET /v1/placements": READERS,
    "POST /v1/placements/{reference}/withdraw": roles(Role.CASE_SYSTEM),
    "PUT /v1/legal_statuses/{reference}": roles(Role.CASE_SYSTEM),
    "GET /v1/legal_statuses/{reference}": READERS,
    "GET /v1/legal_statuses": READERS,
    "POST /v1/legal_statuses/{reference}/withdraw": roles(Role.CASE_SYSTEM),
    "PUT /v1/allocations/{reference}": roles(Role.CASE_SYSTEM, Role.IRO_MANAGER),
    "GET /v1/allocations/{reference}": SCHEDULING,
    "GET /v1/allocations": SCHEDULING,
    "POST /v1/allocations/{reference}/end": roles(Role.CASE_SYSTEM, Role.IRO_MANAGER),
    "POST /v1/allocations/{reference}/withdraw": roles(Role.CASE_SYSTEM, Role.IRO_MANAGER),
    "PUT /v1/reviews/{reference}": WRITERS,
    "GET /v1/reviews": SCHEDULING,
    "GET /v1/reviews/{reference}": SCHEDULING,
    "GET /v1/reviews/{reference}/progress": READERS,
    "POST /v1/reviews/{reference}/hold": WRITERS,
    "POST /v1/reviews/{reference}/meet": WRITERS,
    "POST /v1/reviews/{reference}/adjourn": OFFICERS | roles(Role.CASE_SYSTEM),
    "POST /v1/reviews/{reference}/complete": WRITERS,
    "POST /v1/reviews/{reference}/postpone": APPROVERS,
    "POST /v1/reviews/{reference}/bring_forward": WRITERS,
    "POST /v1/reviews/{reference}/cancel": APPROVERS,
    "POST /v1/reviews/{reference}/issue_decisions": WRITERS,
    "POST /v1/reviews/{reference}/answer_decisions": roles(
        Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.CASE_SYSTEM
    ),
    "POST /v1/reviews/{reference}/withdraw": roles(Role.IRO_MANAGER, Role.CASE_SYSTEM),
    "PUT /v1/decisions/{reference}": OFFICERS | roles(Role.CASE_SYSTEM),
    "GET /v1/decisions": READERS,
    "GET /v1/decisions/{reference}": READERS,
    "POST /v1/decisions/{reference}/start": CARRIERS,
    "POST /v1/decisions/{reference}/finish": CARRIERS,
    "POST /v1/decisions/{reference}/drop": OFFICERS | roles(Role.CASE_SYSTEM),
    "POST /v1/decisions/{reference}/withdraw": OFFICERS | roles(Role.CASE_SYSTEM),
    "GET /v1/review_figures": roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.ANALYST, Role.AUDITOR),
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
    "GET /v1/due": HEARERS,
    "POST /v1/imports": roles(Role.CASE_SYSTEM),
    "GET /v1/imports/{import_id}": roles(Role.CASE_SYSTEM),
    "GET /v1/imports/{import_id}/results": roles(Role.CASE_SYSTEM),
    "GET /v1/caseloads/{officer}": OFFICERS | roles(Role.CASE_SYSTEM, Role.SENIOR_MANAGER),
    "PUT /v1/dip_samples/{reference}": ASSURANCE_WRITERS,
    "GET /v1/dip_samples/{reference}": ASSURANCE_READERS,
    "GET /v1/dip_samples": ASSURANCE_READERS,
    "GET /v1/dip_samples/{reference}/figures": ASSURANCE_COUNTERS,
    "GET /v1/dip_samples/{reference}/children": ASSURANCE_READERS,
    "GET /v1/dip_samples/{reference}/answers/{child}": ASSURANCE_READERS,
    "PUT /v1/dip_samples/{reference}/answers/{child}": ASSURANCE_ANSWERERS,
    "POST /v1/dip_samples/{reference}/close": ASSURANCE_WRITERS,
    "POST /v1/dip_samples/{reference}/withdraw": ASSURANCE_WRITERS,
    "PUT /v1/audits/{reference}": ASSURANCE_WRITERS,
    "GET /v1/audits/{reference}": ASSURANCE_READERS,
    "GET /v1/audits": ASSURANCE_READERS,
    "POST /v1/audits/{reference}/complete": ASSURANCE_ANSWERERS,
    "POST /v1/audits/{reference}/close_actions": ASSURANCE_WRITERS,
    "POST /v1/audits/{reference}/withdraw": ASSURANCE_WRITERS,
    "PUT /v1/checklists/{reference}": ASSURANCE_WRITERS,
    "GET /v1/checklists/{reference}": ASSURANCE_READERS,
    "GET /v1/checklists": ASSURANCE_READERS,
    "GET /v1/checklists/{reference}/versions": ASSURANCE_READERS,
    "GET /v1/checklists/{reference}/figures": ASSURANCE_COUNTERS,
    "POST /v1/checklists/{reference}/withdraw": ASSURANCE_WRITERS,
    "PUT /v1/checklist_answers/{reference}": ASSURANCE_ANSWERERS,
    "GET /v1/checklist_answers/{reference}": ASSURANCE_READERS,
    "GET /v1/checklist_answers": ASSURANCE_READERS,
    "POST /v1/checklist_answers/{reference}/withdraw": ASSURANCE_ANSWERERS,
    "PUT /v1/surveys/{reference}": ASSURANCE_WRITERS,
    "GET /v1/surveys/{reference}": ASSURANCE_READERS,
    "GET /v1/surveys": ASSURANCE_READERS,
    "GET /v1/surveys/{reference}/figures": ASSURANCE_COUNTERS,
    "POST /v1/surveys/{reference}/withdraw": ASSURANCE_WRITERS,
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
    "PUT /v1/workers/{reference}": OFFICER_WRITERS,
    "GET /v1/workers/{reference}": OFFICER_READERS,
    "GET /v1/workers": OFFICER_READERS,
    "POST /v1/workers/{reference}/withdraw": OFFICER_WRITERS,
    "POST /v1/calendar_links": LINK_MAKERS,
    "GET /v1/calendar_links": LINK_MAKERS | roles(Role.AUDITOR),
    "DELETE /v1/calendar_links/{link_id}": LINK_MAKERS,
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
