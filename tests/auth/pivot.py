"""Who may do what, as the council would put it on the wall. Kept by hand: no code of the services feeds it."""

ROLES = (
    "iro",
    "cp_chair",
    "iro_manager",
    "social_worker",
    "team_manager",
    "senior_manager",
    "business_support",
    "analyst",
    "auditor",
    "case_system",
    "operator",
)

# One column per role, in the order above: y may, - may not.
PIVOT = {
    "reviews": """
        GET  /v1/allocations/{reference}          y - y y y y y - y y -
        PUT  /v1/allocations/{reference}          - - y - - - - - - y -
        POST /v1/allocations/{reference}/withdraw     - - y - - - - - - y -
        POST /v1/calendar_links                   y y y - - - - - - y -
        GET  /v1/calendar_links                   y y y - - - - - y y -
        DELETE /v1/calendar_links/{link_id}       y y y - - - - - - y -
        GET  /v1/care_periods/{reference}         y - y y y y y - y y -
        PUT  /v1/care_periods/{reference}         - - - - - - - - - y -
        POST /v1/care_periods/{reference}/withdraw    - - - - - - - - - y -
        GET  /v1/caseloads/{officer}              y - y - - y - - - y -
        GET  /v1/children/{reference}             y - y y y y - - y y -
        GET  /v1/children/{reference}/timeline    y - y y y y - - y y -
        PUT  /v1/children/{reference}             - - - - - - - - - y -
        POST /v1/children/{reference}/withdraw        - - - - - - - - - y -
        GET  /v1/decisions                        y - y y y y - - y y -
        GET  /v1/decisions/{reference}            y - y y y y - - y y -
        PUT  /v1/decisions/{reference}            y - y - - - - - - y -
        POST /v1/decisions/{reference}/drop       y - y - - - - - - y -
        POST /v1/decisions/{reference}/finish     y - y y y - - - - y -
        POST /v1/decisions/{reference}/start      y - y y y - - - - y -
        POST /v1/decisions/{reference}/withdraw   y - y - - - - - - y -
        GET  /v1/children                         y - y y y y - - y y -
        POST /v1/children/{reference}/merge       - - y - - - - - - y -
        POST /v1/children/{reference}/split       - - y - - - - - - y -
        GET  /v1/children/{reference}/merges      y - y y y y - - y y -
        GET  /v1/placements                       y - y y y y - - y y -
        GET  /v1/placements/{reference}           y - y y y y - - y y -
        PUT  /v1/placements/{reference}           - - - - - - - - - y -
        POST /v1/placements/{reference}/withdraw  - - - - - - - - - y -
        GET  /v1/legal_statuses                   y - y y y y - - y y -
        GET  /v1/legal_statuses/{reference}       y - y y y y - - y y -
        PUT  /v1/legal_statuses/{reference}       - - - - - - - - - y -
        POST /v1/legal_statuses/{reference}/withdraw  - - - - - - - - - y -
        GET  /v1/due                              y y y y y y y - y y -
        GET  /v1/exemptions                       y - y y y y - - y y -
        GET  /v1/exemptions/{reference}           y - y y y y - - y y -
        PUT  /v1/exemptions/{reference}           - - y - - y - - - y -
        POST /v1/exemptions/{reference}/withdraw  - - y - - y - - - y -
        GET  /v1/facts/{reference}                y y y y y y y - y y -
        PUT  /v1/facts/{reference}                y y y - - - y - - y -
        POST /v1/facts/{reference}/withdraw       y y y - - - y - - y -
        GET  /v1/histories/{reference}            y y y y y y y - y y -
        PUT  /v1/histories/{reference}            y y y - - - y - - y -
        POST /v1/imports                          - - - - - - - - - y -
        GET  /v1/imports/{import_id}              - - - - - - - - - y -
        GET  /v1/imports/{import_id}/results      - - - - - - - - - y -
        GET  /v1/review_figures                   - - y - - y - y y - -
        GET  /v1/reviews                          y - y y y y y - y y -
        GET  /v1/midpoint_checks                  y y y y y y - - y y -
        GET  /v1/midpoint_checks/{reference}      y y y y y y - - y y -
        PUT  /v1/midpoint_checks/{reference}      y y y - - - - - - y -
        POST /v1/midpoint_checks/{reference}/cancel   y y y - - - - - - y -
        POST /v1/midpoint_checks/{reference}/complete y y y - - - - - - y -
        POST /v1/midpoint_checks/{reference}/withdraw y y y - - - - - - y -
        GET  /v1/between_reviews_figures          - - y - - y - y - - -
        GET  /v1/care_planning_meetings           y - y y y y y - y y -
        GET  /v1/care_planning_meetings/{reference}   y - y y y y y - y y -
        PUT  /v1/care_planning_meetings/{reference}   y - y - - - y - - y -
        POST /v1/care_planning_meetings/{reference}/withdraw y - y - - - y - - y -
        GET  /v1/milestones                       y - y y y y y - y y -
        GET  /v1/milestones/{reference}           y - y y y y y - y y -
        PUT  /v1/milestones/{reference}           y - y - - - y - - y -
        POST /v1/milestones/{reference}/withdraw  y - y - - - y - - y -
        GET  /v1/visits                           y y y y y y y - y y -
        GET  /v1/visits/{reference}               y y y y y y y - y y -
        PUT  /v1/visits/{reference}               y y y - - - y - - y -
        POST /v1/visits/{reference}/withdraw      y y y - - - y - - y -
        GET  /v1/reviews/{reference}              y - y y y y y - y y -
        GET  /v1/reviews/{reference}/progress     y - y y y y - - y y -
        PUT  /v1/reviews/{reference}              y - y - - - y - - y -
        POST /v1/reviews/{reference}/adjourn      y - y - - - - - - y -
        POST /v1/reviews/{reference}/answer_decisions - - - - y y - - - y -
        POST /v1/reviews/{reference}/bring_forward    y - y - - - y - - y -
        POST /v1/reviews/{reference}/cancel       - - y - - y - - - y -
        POST /v1/reviews/{reference}/complete     y - y - - - y - - y -
        POST /v1/reviews/{reference}/hold         y - y - - - y - - y -
        POST /v1/reviews/{reference}/issue_decisions  y - y - - - y - - y -
        POST /v1/reviews/{reference}/meet         y - y - - - y - - y -
        POST /v1/reviews/{reference}/postpone     - - y - - y - - - y -
        POST /v1/reviews/{reference}/withdraw         - - y - - - - - - y -
        GET  /v1/audits                                    y - y - - y - - y y -
        GET  /v1/audits/{reference}                        y - y - - y - - y y -
        PUT  /v1/audits/{reference}                        - - y - - - - - - y -
        POST /v1/audits/{reference}/close_actions          - - y - - - - - - y -
        POST /v1/audits/{reference}/complete               y - y - - - - - - y -
        POST /v1/audits/{reference}/withdraw               - - y - - - - - - y -
        GET  /v1/checklist_answers                         y - y - - y - - y y -
        GET  /v1/checklist_answers/{reference}             y - y - - y - - y y -
        PUT  /v1/checklist_answers/{reference}             y - y - - - - - - y -
        POST /v1/checklist_answers/{reference}/withdraw    y - y - - - - - - y -
        GET  /v1/checklists                                y - y - - y - - y y -
        GET  /v1/checklists/{reference}                    y - y - - y - - y y -
        PUT  /v1/checklists/{reference}                    - - y - - - - - - y -
        GET  /v1/checklists/{reference}/figures            y - y - - y - y y y -
        GET  /v1/checklists/{reference}/versions           y - y - - y - - y y -
        POST /v1/checklists/{reference}/withdraw           - - y - - - - - - y -
        GET  /v1/dip_samples                               y - y - - y - - y y -
        GET  /v1/dip_samples/{reference}                   y - y - - y - - y y -
        PUT  /v1/dip_samples/{reference}                   - - y - - - - - - y -
        GET  /v1/dip_samples/{reference}/answers/{child}   y - y - - y - - y y -
        PUT  /v1/dip_samples/{reference}/answers/{child}   y - y - - - - - - y -
        GET  /v1/dip_samples/{reference}/children          y - y - - y - - y y -
        POST /v1/dip_samples/{reference}/close             - - y - - - - - - y -
        GET  /v1/dip_samples/{reference}/figures           y - y - - y - y y y -
        POST /v1/dip_samples/{reference}/withdraw          - - y - - - - - - y -
        GET  /v1/surveys                                   y - y - - y - - y y -
        GET  /v1/surveys/{reference}                       y - y - - y - - y y -
        PUT  /v1/surveys/{reference}                       - - y - - - - - - y -
        GET  /v1/surveys/{reference}/figures               y - y - - y - y y y -
        POST /v1/surveys/{reference}/withdraw              - - y - - - - - - y -
        GET  /v1/conference_figures                        - y y - - y - - y y -
        GET  /v1/conferences                               y y y y y y y - y y -
        GET  /v1/conferences/{reference}                   y y y y y y y - y y -
        PUT  /v1/conferences/{reference}                   - y y - - - y - - y -
        POST /v1/conferences/{reference}/cancel            - - y - - - - - - y -
        POST /v1/conferences/{reference}/hold              - y y - - - y - - y -
        POST /v1/conferences/{reference}/postpone          - y y - - - y - - y -
        POST /v1/conferences/{reference}/withdraw          - - y - - - - - - y -
        GET  /v1/core_groups/{reference}                   y y y y y y y - y y -
        PUT  /v1/core_groups/{reference}                   - y y - - - y - - y -
        POST /v1/core_groups/{reference}/withdraw          - y y - - - y - - y -
        GET  /v1/plan_figures                              - y y - - y - - y y -
        GET  /v1/pre_proceedings/{reference}               y y y y y y - - y y -
        PUT  /v1/pre_proceedings/{reference}               - - y - - - - - - y -
        POST /v1/pre_proceedings/{reference}/withdraw      - - y - - - - - - y -
        GET  /v1/protection_plans                          y y y y y y - - y y -
        GET  /v1/protection_plans/{reference}              y y y y y y - - y y -
        PUT  /v1/protection_plans/{reference}              - y y - - - - - - y -
        POST /v1/protection_plans/{reference}/end          - y y - - - - - - y -
        POST /v1/protection_plans/{reference}/withdraw     - - y - - - - - - y -
        GET  /v1/strategy_discussions/{reference}          y y y y y y - - y y -
        PUT  /v1/strategy_discussions/{reference}          - y y - - - - - - y -
        POST /v1/strategy_discussions/{reference}/withdraw - y y - - - - - - y -
        GET  /v1/allocations                      y - y y y y y - y y -
        POST /v1/allocations/{reference}/end      - - y - - - - - - y -
        GET  /v1/workers                          y - y - y y - - y y -
        GET  /v1/workers/{reference}              y - y - y y - - y y -
        PUT  /v1/workers/{reference}              - - y - - - - - - y -
        POST /v1/workers/{reference}/withdraw     - - y - - - - - - y -
        GET  /v1/supervisions                     y - y - y y - - y y -
        GET  /v1/supervisions/{reference}         y - y - y y - - y y -
        PUT  /v1/supervisions/{reference}         - - y - - - - - - y -
        POST /v1/supervisions/{reference}/withdraw - - y - - - - - - y -
        GET  /v1/observations                     y - y - y y - - y y -
        GET  /v1/observations/{reference}         y - y - y y - - y y -
        PUT  /v1/observations/{reference}         - - y - - - - - - y -
        POST /v1/observations/{reference}/withdraw - - y - - - - - - y -
        GET  /v1/conflicts                        - - y - - y - - y y -
        GET  /v1/conflicts/{reference}            - - y - - y - - y y -
        PUT  /v1/conflicts/{reference}            - - y - - - - - - y -
        POST /v1/conflicts/{reference}/withdraw   - - y - - - - - - y -
        POST /v1/reallocations                    - - y - - - - - - y -
        GET  /v1/care_figures                     - - y - - y - y y - -
        GET  /v1/caseload_figures                 - - y - - y - y y - -
        GET  /v1/caseload_figures/months          - - y - - y - y y - -
        GET  /v1/forecasts                        - - y - - y - y y - -
    """,
    "escalation": """
        GET  /v1/escalations                                             y y y y y y - - y y -
        POST /v1/escalations                                             y y y - - - - - - - -
        GET  /v1/escalations/{id}                                        y y y y y y - - y y -
        POST /v1/escalations/{id}/accept                                 y y y - - - - - - - -
        POST /v1/escalations/{id}/dismiss                                y y y - - - - - - - -
        POST /v1/escalations/{id}/advance                                y y y - - - - - - - -
        POST /v1/escalations/{id}/ask_again                              y y y - - - - - - - -
        POST /v1/escalations/{id}/resolve                                y y y - - - - - - - -
        POST /v1/escalations/{id}/withdraw                               y y y - - - - - - - -
        POST /v1/escalations/{id}/supersede                              y y y - - - - - - - -
        POST /v1/escalations/{id}/reopen                                 y y y - - - - - - - -
        POST /v1/escalations/{id}/retract                                y y y - - - - - - - -
        GET  /v1/escalations/{id}/responses                              y y y y y y - - y y -
        POST /v1/escalations/{id}/responses                              - - - y y y - - - - -
        PUT  /v1/escalations/{id}/responses/{response_id}                - - - y y y - - - - -
        POST /v1/escalations/{id}/responses/{response_id}/send           - - - y y y - - - - -
        POST /v1/escalations/{id}/responses/{response_id}/discard        - - - y y y - - - - -
        POST /v1/escalations/{id}/responses/{response_id}/accept         y y y - - - - - - - -
        POST /v1/escalations/{id}/responses/{response_id}/accept_partly  y y y - - - - - - - -
        POST /v1/escalations/{id}/responses/{response_id}/reject         y y y - - - - - - - -
        GET  /v1/escalations/{id}/promises                               y y y y y y - - y y -
        POST /v1/escalations/{id}/promises/{promise_id}/keep             y y y - y y - - - - -
        POST /v1/escalations/{id}/promises/{promise_id}/move             y y y - - - - - - - -
        POST /v1/escalations/{id}/promises/{promise_id}/drop             y y y - - - - - - - -
        GET  /v1/escalations/{id}/notes                                  y y y - - - - - - - -
        POST /v1/escalations/{id}/notes                                  y y y - - - - - - - -
        GET  /v1/ladders                                                 y y y y y y - - y y -
        GET  /v1/escalation_themes                                       y y y y y y - - y y -
        PUT  /v1/escalation_themes/{code}                                - - y - - - - - - - -
        GET  /v1/escalation_figures/raised                               - - y - - y - y y - -
        GET  /v1/escalation_figures/open                                 - - y - - y - y y - -
        GET  /v1/escalation_figures/response_times                       - - y - - y - y y - -
        GET  /v1/escalation_figures/outcomes                             - - y - - y - y y - -
        GET  /v1/escalation_figures/themes                               - - y - - y - y y - -
        GET  /v1/escalation_clocks                                       y y y - - y - - y - -
        GET  /v1/cafcass_referrals                    y y y - - y - - y - -
        POST /v1/escalations/{id}/cafcass_referrals   y y y - - - - - - - -
        GET  /v1/cafcass_referrals/{referral_id}               y y y - - y - - y - -
        PUT  /v1/cafcass_referrals/{referral_id}               y y y - - - - - - - -
        GET  /v1/cafcass_referrals/{referral_id}/bundle        y y y - - y - - y - -
        GET  /v1/cafcass_referrals/{referral_id}/bundle.html   y y y - - y - - y - -
        POST /v1/cafcass_referrals/{referral_id}/seek_advice   y y y - - - - - - - -
        POST /v1/cafcass_referrals/{referral_id}/legal_advice  y y y - - - - - - - -
        POST /v1/cafcass_referrals/{referral_id}/ask_approval  y y y - - - - - - - -
        POST /v1/cafcass_referrals/{referral_id}/approve       - - y - - y - - - - -
        POST /v1/cafcass_referrals/{referral_id}/send_back     y y y - - y - - - - -
        POST /v1/cafcass_referrals/{referral_id}/refer         y y y - - - - - - - -
        POST /v1/cafcass_referrals/{referral_id}/decline       y y y - - - - - - - -
        POST /v1/cafcass_referrals/{referral_id}/act           y y y - - - - - - - -
        POST /v1/cafcass_referrals/{referral_id}/close         y y y - - - - - - - -
        POST /v1/cafcass_referrals/{referral_id}/withdraw      y y y - - - - - - - -
    """,
    "scheduler": """
        GET    /v1/deadlines/{deadline_id}                          y - y y y y - - y y -
        GET    /v1/deadlines/{deadline_id}/explanation              y - y y y y - - y y -
        GET    /v1/deadlines/{deadline_id}/history                  y - y y y y - - y y -
        GET    /v1/event_types                                      y y y y y y y y y y y
        GET    /v1/event_types/{type}                               y y y y y y y y y y y
        GET    /v1/events                                           y - y - - - - - y y y
        GET    /v1/events/stream                                    y - y - - - - - y y y
        GET    /v1/subscriptions                                    - - - - - - - - - y y
        POST   /v1/subscriptions                                    - - - - - - - - - y y
        GET    /v1/subscriptions/{subscription_id}                  - - - - - - - - - y y
        DELETE /v1/subscriptions/{subscription_id}                  - - - - - - - - - y y
        PUT    /v1/subscriptions/{subscription_id}                  - - - - - - - - - y y
        POST   /v1/subscriptions/{subscription_id}/rotate           - - - - - - - - - y y
        POST   /v1/subscriptions/{subscription_id}/ping             - - - - - - - - - y y
        POST   /v1/subscriptions/{subscription_id}/pause            - - - - - - - - - y y
        POST   /v1/subscriptions/{subscription_id}/resume           - - - - - - - - - y y
        GET    /v1/subscriptions/{subscription_id}/steps            - - - - - - - - - y y
        GET    /v1/subscriptions/{subscription_id}/deliveries       - - - - - - - - - y y
        GET    /v1/dead_letters                                     - - - - - - - - - y y
        POST   /v1/subscriptions/{subscription_id}/replays          - - - - - - - - - y y
        GET    /v1/replays/{replay_id}                              - - - - - - - - - y y
        GET    /v1/subscriptions/{subscription_id}/reconciliation   - - - - - - - - - y y
        GET    /v1/reconciliation                                   - - - - - - - - - y y
        POST   /v1/subscriptions/{subscription_id}/acknowledgements - - - - - - - - - y y
        PUT    /v1/consumers/{reference}                            - - - - - - - - - y y
        DELETE /v1/consumers/{reference}                            - - - - - - - - - y y
        GET    /v1/digests/preview                                  y y - - y - - - - - -
        GET    /v1/digests                                          - - - - - - - - y - y
        GET    /v1/calendar                                         y y y y y y y y y y y
        POST   /v1/calendar/days                                    - - - - - - - - - - y
        POST   /v1/calendar/days/{day_id}/withdraw                  - - - - - - - - - - y
        POST   /v1/clock/confirm                                    - - - - - - - - - - y
        GET    /v1/timescales                                       y y y y y y y y y y y
        GET    /v1/timescales/{code}                                y y y y y y y y y y y
        POST   /v1/timescales/preview                               y y y y y y y y y y y
        POST   /v1/timescales/what-if                               y - y y y y - - y y -
    """,
}

# Opened by the secret in their address, for whoever has it: nobody shows a token there.
LINKED = {"reviews": {"GET /v1/calendar_links/feed/{secret}.ics"}, "escalation": set(), "scheduler": set()}


def rows(service: str) -> dict[str, dict[str, bool]]:
    """Every row of one service: "METHOD /path" and, for each role, whether it may."""
    found = {}
    for line in PIVOT[service].strip().splitlines():
        method, path, *marks = line.split()
        found[f"{method} {path}"] = dict(zip(ROLES, [mark == "y" for mark in marks], strict=True))
    return found
