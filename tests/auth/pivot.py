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
        GET  /v1/care_periods/{reference}         y - y y y y y - y y -
        PUT  /v1/care_periods/{reference}         - - - - - - - - - y -
        POST /v1/care_periods/{reference}/withdraw    - - - - - - - - - y -
        GET  /v1/caseloads/{officer}              y - y - - y - - - y -
        GET  /v1/children/{reference}             y - y y y y - - y y -
        PUT  /v1/children/{reference}             - - - - - - - - - y -
        POST /v1/children/{reference}/withdraw        - - - - - - - - - y -
        GET  /v1/exemptions                       y - y y y y - - y y -
        GET  /v1/exemptions/{reference}           y - y y y y - - y y -
        PUT  /v1/exemptions/{reference}           - - y - - y - - - y -
        POST /v1/exemptions/{reference}/withdraw  - - y - - y - - - y -
        GET  /v1/facts/{reference}                y y y y y y y - y y -
        PUT  /v1/facts/{reference}                y y y - - - y - - y -
        POST /v1/facts/{reference}/withdraw       y y y - - - y - - y -
        GET  /v1/histories/{reference}            y y y y y y y - y y -
        PUT  /v1/histories/{reference}            y y y - - - y - - y -
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
        PUT  /v1/reviews/{reference}              y - y - - - y - - y -
        POST /v1/reviews/{reference}/cancel       - - y - - - - - - y -
        POST /v1/reviews/{reference}/hold         y - y - - - y - - y -
        POST /v1/reviews/{reference}/withdraw         - - y - - - - - - y -
    """,
    "escalation": """
        GET  /v1/escalations                   y y y - y y - - y y -
        POST /v1/escalations                   y y y - - - - - - - -
        GET  /v1/escalations/{id}              y y y - y y - - y y -
        POST /v1/escalations/{id}/accept       y y y - - - - - - - -
        POST /v1/escalations/{id}/dismiss      y y y - - - - - - - -
        POST /v1/escalations/{id}/resolve      y y y - - - - - - - -
    """,
    "scheduler": """
        GET    /v1/deadlines/{deadline_id}                          y - y y y y - - y y -
        GET    /v1/deadlines/{deadline_id}/explanation              y - y y y y - - y y -
        GET    /v1/deadlines/{deadline_id}/history                  y - y y y y - - y y -
        GET    /v1/events                                           y - y - - - - - y y y
        GET    /v1/events/stream                                    y - y - - - - - y y y
        GET    /v1/subscriptions                                    - - - - - - - - - y y
        POST   /v1/subscriptions                                    - - - - - - - - - y y
        GET    /v1/subscriptions/{subscription_id}                  - - - - - - - - - y y
        DELETE /v1/subscriptions/{subscription_id}                  - - - - - - - - - y y
        GET    /v1/subscriptions/{subscription_id}/deliveries       - - - - - - - - - y y
        GET    /v1/calendar                                         y y y y y y y y y y y
        POST   /v1/calendar/days                                    - - - - - - - - - - y
        POST   /v1/calendar/days/{day_id}/withdraw                  - - - - - - - - - - y
        GET    /v1/timescales                                       y y y y y y y y y y y
        GET    /v1/timescales/{code}                                y y y y y y y y y y y
        POST   /v1/timescales/preview                               y y y y y y y y y y y
        POST   /v1/timescales/what-if                               y - y y y y - - y y -
    """,
}


def rows(service: str) -> dict[str, dict[str, bool]]:
    """Every row of one service: "METHOD /path" and, for each role, whether it may."""
    found = {}
    for line in PIVOT[service].strip().splitlines():
        method, path, *marks = line.split()
        found[f"{method} {path}"] = dict(zip(ROLES, [mark == "y" for mark in marks], strict=True))
    return found
