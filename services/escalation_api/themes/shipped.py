"""What an escalation can be about: the themes that ship."""

from collections.abc import Mapping
from types import MappingProxyType

DEADLINE_BREACHED = "deadline_breached"

# All but the last are those that Sefton's reviewing service reports on.
THEMES: Mapping[str, str] = MappingProxyType(
    {
        "no_report_for_review": "No report for the review",
        "recommendations_not_progressed": "Earlier recommendations not progressed",
        "final_evidence_not_given": "Final evidence not given to the reviewing officer",
        "unregistered_placement": "Unregistered placement",
        "late_pathway_plan": "Late pathway plan",
        "no_evidence_of_visits": "No evidence of visits",
        "care_planning_meeting_not_held": "Care planning meeting not held",
        "change_without_oversight": "Placement or care plan changed without the reviewing officer's oversight",
        "late_health_assessment": "Late health assessment",
        "no_core_group": "No core group",
        "poor_or_late_assessment": "Poor or late assessment",
        "parents_unable_to_participate": "Parents unable to participate",
        DEADLINE_BREACHED: "A deadline passed unmet",
    }
)
