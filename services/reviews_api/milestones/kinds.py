"""The milestones there are: which fact each tells, and the codes that it may carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

YES_NO = ("yes", "no")
STAGE = ("initial", "review")


class MilestoneKind(StrEnum):
    """What was completed: a health assessment, a personal education plan, a care plan, a care leaver's papers."""

    HEALTH_ASSESSMENT = "health_assessment"
    EDUCATION_PLAN = "education_plan"
    CARE_PLAN = "care_plan"
    CARE_PLAN_UPDATE = "care_plan_update"
    PATHWAY_NEEDS_ASSESSMENT = "pathway_needs_assessment"
    PATHWAY_PLAN = "pathway_plan"
    PATHWAY_PLAN_REVIEW = "pathway_plan_review"


@dataclass(frozen=True, slots=True)
class Milestone:
    """`fact` is the kind of fact that it tells; `codes` are what may be said of it, and in which words."""

    fact: str
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


MILESTONES: Mapping[str, Milestone] = MappingProxyType(
    {
        MilestoneKind.HEALTH_ASSESSMENT: Milestone(
            # SI 2010/959 reg 7: the first is a doctor's; later ones may be a nurse's or midwife's.
            "health_assessment.completed",
            {"stage": STAGE, "assessor": ("doctor", "nurse", "midwife"), "child_took_part": YES_NO},
        ),
        MilestoneKind.EDUCATION_PLAN: Milestone(
            "pep.completed", {"stage": STAGE, "child_took_part": YES_NO, "in_school": YES_NO}
        ),
        MilestoneKind.CARE_PLAN: Milestone("care_plan.completed", {"child_took_part": YES_NO}),
        MilestoneKind.CARE_PLAN_UPDATE: Milestone("care_plan.updated", {"child_took_part": YES_NO}),
        MilestoneKind.PATHWAY_NEEDS_ASSESSMENT: Milestone(
            "pathway_needs.assessed", {"child_took_part": YES_NO}
        ),
        MilestoneKind.PATHWAY_PLAN: Milestone("pathway_plan.completed", {"child_took_part": YES_NO}),
        MilestoneKind.PATHWAY_PLAN_REVIEW: Milestone("pathway_plan.reviewed", {"child_took_part": YES_NO}),
    }
)
