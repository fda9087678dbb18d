"""What drifts, as the concerns that can be raised about it: bodies ready for POST /v1/escalations."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from services.reviews_api.midpoint_checks.findings import Area
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.midpoint_checks.schemas import ArisesFrom, EscalationPrefill

NOT_PROGRESSED = "recommendations_not_progressed"
THEMES: Mapping[str, str] = MappingProxyType(
    {
        Area.CARE_PLAN: NOT_PROGRESSED,
        Area.CARE_PLANNING_MEETINGS: "care_planning_meeting_not_held",
        Area.VISITS: "no_evidence_of_visits",
        Area.HEALTH: "late_health_assessment",
        Area.EDUCATION: NOT_PROGRESSED,
        Area.CONTACT: NOT_PROGRESSED,
        Area.PLACEMENT: NOT_PROGRESSED,
        Area.PATHWAY_PLAN: "late_pathway_plan",
        Area.CORE_GROUPS: "no_core_group",
        Area.ASSESSMENTS: "poor_or_late_assessment",
        Area.PREVIOUS_DECISIONS: NOT_PROGRESSED,
    }
)
"""The theme of an escalation for each area; what has no theme of its own was agreed before and is not progressed."""


def prefills(check: MidpointCheck, child: str) -> Iterator[EscalationPrefill]:
    """One concern for each theme, in the order of the areas; none where nothing drifts. `child` is a reference."""
    if not check.found_drift:
        return
    about: dict[str, list[str]] = {}
    for area in check.drifted:
        about.setdefault(THEMES[area], []).append(area.replace("_", " "))
    for theme, areas in (about or {NOT_PROGRESSED: ["the plan"]}).items():
        concern = f"Found to drift at the midpoint check {check.id}: {', '.join(areas)}."
        arises_from = ArisesFrom(record=check.id)
        yield EscalationPrefill(child=child, theme=theme, concern=concern, arises_from=arises_from)
