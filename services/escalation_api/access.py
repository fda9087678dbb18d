"""Who may use which route of escalation_api: one row per route."""

from shared.auth.access import Access, roles
from shared.auth.principal import Role

# Who raises, decides and closes: never those who answer.
OFFICERS = roles(Role.IRO, Role.CP_CHAIR, Role.IRO_MANAGER)
MANAGERS = roles(Role.TEAM_MANAGER, Role.SENIOR_MANAGER)
# Who drafts an answer; which of them may send it is the stage's to say.
RESPONDERS = MANAGERS | roles(Role.SOCIAL_WORKER)
READERS = OFFICERS | RESPONDERS | roles(Role.CASE_SYSTEM, Role.AUDITOR)
# An officer's own notes and the legal advice given to them are not for those who answer.
NOTE_READERS = OFFICERS
# A list that names children: for those who raise and those who watch over the process, never for an analyst.
CLOCK_READERS = OFFICERS | roles(Role.SENIOR_MANAGER, Role.AUDITOR)
# Counts, and no child.
COUNTERS = roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.ANALYST, Role.AUDITOR)
# A second person approves a referral to Cafcass: never the one who asked, which the action itself sees to.
APPROVERS = roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER)
# Those whose work a referral is about, the case's own team, do not read it.
REFERRAL_READERS = OFFICERS | roles(Role.SENIOR_MANAGER, Role.AUDITOR)

ACCESS: Access = {
    "POST /v1/escalations": OFFICERS,
    "GET /v1/escalations": READERS,
    "GET /v1/escalations/{id}": READERS,
    "POST /v1/escalations/{id}/accept": OFFICERS,
    "POST /v1/escalations/{id}/dismiss": OFFICERS,
    "POST /v1/escalations/{id}/advance": OFFICERS,
    "POST /v1/escalations/{id}/ask_again": OFFICERS,
    "POST /v1/escalations/{id}/resolve": OFFICERS,
    "POST /v1/escalations/{id}/withdraw": OFFICERS,
    "POST /v1/escalations/{id}/supersede": OFFICERS,
    "POST /v1/escalations/{id}/reopen": OFFICERS,
    "POST /v1/escalations/{id}/retract": OFFICERS,
    "GET /v1/escalations/{id}/responses": READERS,
    "POST /v1/escalations/{id}/responses": RESPONDERS,
    "PUT /v1/escalations/{id}/responses/{response_id}": RESPONDERS,
    "POST /v1/escalations/{id}/responses/{response_id}/send": RESPONDERS,
    "POST /v1/escalations/{id}/responses/{response_id}/discard": RESPONDERS,
    "POST /v1/escalations/{id}/responses/{response_id}/accept": OFFICERS,
    "POST /v1/escalations/{id}/responses/{response_id}/accept_partly": OFFICERS,
    "POST /v1/escalations/{id}/responses/{response_id}/reject": OFFICERS,
    "GET /v1/escalations/{id}/promises": READERS,
    "POST /v1/escalations/{id}/promises/{promise_id}/keep": OFFICERS | MANAGERS,
    "POST /v1/escalations/{id}/promises/{promise_id}/move": OFFICERS,
    "POST /v1/escalations/{id}/promises/{promise_id}/drop": OFFICERS,
    "POST /v1/escalations/{id}/notes": OFFICERS,
    "GET /v1/escalations/{id}/notes": NOTE_READERS,
    "GET /v1/ladders": READERS,
    "GET /v1/escalation_themes": READERS,
    "PUT /v1/escalation_themes/{code}": roles(Role.IRO_MANAGER),
    "GET /v1/escalation_figures/raised": COUNTERS,
    "GET /v1/escalation_figures/open": COUNTERS,
    "GET /v1/escalation_figures/response_times": COUNTERS,
    "GET /v1/escalation_figures/outcomes": COUNTERS,
    "GET /v1/escalation_figures/themes": COUNTERS,
    "GET /v1/escalation_clocks": CLOCK_READERS,
    "POST /v1/escalations/{id}/cafcass_referrals": OFFICERS,
    "GET /v1/cafcass_referrals": REFERRAL_READERS,
    "GET /v1/cafcass_referrals/{referral_id}": REFERRAL_READERS,
    "PUT /v1/cafcass_referrals/{referral_id}": OFFICERS,
    "GET /v1/cafcass_referrals/{referral_id}/bundle": REFERRAL_READERS,
    "GET /v1/cafcass_referrals/{referral_id}/bundle.html": REFERRAL_READERS,
    "POST /v1/cafcass_referrals/{referral_id}/seek_advice": OFFICERS,
    "POST /v1/cafcass_referrals/{referral_id}/legal_advice": OFFICERS,
    "POST /v1/cafcass_referrals/{referral_id}/ask_approval": OFFICERS,
    "POST /v1/cafcass_referrals/{referral_id}/approve": APPROVERS,
    "POST /v1/cafcass_referrals/{referral_id}/send_back": OFFICERS | APPROVERS,
    "POST /v1/cafcass_referrals/{referral_id}/refer": OFFICERS,
    "POST /v1/cafcass_referrals/{referral_id}/decline": OFFICERS,
    "POST /v1/cafcass_referrals/{referral_id}/act": OFFICERS,
    "POST /v1/cafcass_referrals/{referral_id}/close": OFFICERS,
    "POST /v1/cafcass_referrals/{referral_id}/withdraw": OFFICERS,
}
