"""What a midpoint check looks at, finds and leads to, in codes."""

from enum import StrEnum


class Finding(StrEnum):
    """What the check found."""

    ON_TRACK = "on_track"
    DRIFT = "drift"


class Area(StrEnum):
    """A part of the plan that is looked at, and may be found to drift."""

    CARE_PLAN = "care_plan"
    CARE_PLANNING_MEETINGS = "care_planning_meetings"
    VISITS = "visits"
    HEALTH = "health"
    EDUCATION = "education"
    CONTACT = "contact"
    PLACEMENT = "placement"
    PATHWAY_PLAN = "pathway_plan"
    CORE_GROUPS = "core_groups"
    ASSESSMENTS = "assessments"
    PREVIOUS_DECISIONS = "previous_decisions"


class Action(StrEnum):
    """What the officer did about what was found."""

    INFORMAL_RESOLUTION = "informal_resolution"
    ESCALATED = "escalated"
    ADVICE = "advice"
    NONE = "none"


class WhyNot(StrEnum):
    """Why a planned check did not take place."""

    MISSED = "missed"
    OFFICER_ABSENT = "officer_absent"
    REVIEW_BROUGHT_FORWARD = "review_brought_forward"
    NO_LONGER_NEEDED = "no_longer_needed"
