"""The kinds of record that rows may tell of, in the order in which they rest on each other."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from services.reviews_api.allocations.actions import put_allocation, withdraw_allocation
from services.reviews_api.allocations.models import Allocation
from services.reviews_api.audits.actions import put_audit, withdraw_audit
from services.reviews_api.audits.models import Audit
from services.reviews_api.bulk.kind import Kind
from services.reviews_api.care_periods.actions import put_care_period, withdraw_care_period
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_planning_meetings.actions import put_meeting, withdraw_meeting
from services.reviews_api.care_planning_meetings.models import CarePlanningMeeting
from services.reviews_api.checklist_answers.actions import put_answers, withdraw_answers
from services.reviews_api.checklist_answers.models import ChecklistAnswer
from services.reviews_api.checklists.actions import put_checklist, withdraw_checklist
from services.reviews_api.checklists.models import Checklist
from services.reviews_api.children.actions import put_child, withdraw_child
from services.reviews_api.children.models import Child
from services.reviews_api.conferences.actions import put_conference, withdraw_conference
from services.reviews_api.conferences.models import Conference
from services.reviews_api.conflicts.actions import put_conflict, withdraw_conflict
from services.reviews_api.conflicts.models import Conflict
from services.reviews_api.core_groups.actions import put_core_group, withdraw_core_group
from services.reviews_api.core_groups.models import CoreGroup
from services.reviews_api.decisions.actions import put_decision, withdraw_decision
from services.reviews_api.decisions.models import Decision
from services.reviews_api.dip_samples.actions import put_dip_sample, withdraw_dip_sample
from services.reviews_api.dip_samples.models import DipSample
from services.reviews_api.exemptions.actions import put_exemption, withdraw_exemption
from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.facts.actions import put_fact, withdraw_fact
from services.reviews_api.facts.models import ReportedFact
from services.reviews_api.histories.actions import put_history
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.legal_statuses.actions import put_legal_status, withdraw_legal_status
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.midpoint_checks.actions import put_midpoint_check, withdraw_midpoint_check
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.milestones.actions import put_milestone, withdraw_milestone
from services.reviews_api.milestones.models import MilestoneRecord
from services.reviews_api.observations.actions import put_observation, withdraw_observation
from services.reviews_api.observations.models import Observation
from services.reviews_api.placements.actions import put_placement, withdraw_placement
from services.reviews_api.placements.models import Placement
from services.reviews_api.pre_proceedings.actions import put_pre_proceedings, withdraw_pre_proceedings
from services.reviews_api.pre_proceedings.models import PreProceedings
from services.reviews_api.protection_plans.actions import put_plan, withdraw_plan
from services.reviews_api.protection_plans.models import ProtectionPlan
from services.reviews_api.reviews.actions import put_review, withdraw_review
from services.reviews_api.reviews.models import Review
from services.reviews_api.strategy_discussions.actions import (
    put_strategy_discussion,
    withdraw_strategy_discussion,
)
from services.reviews_api.strategy_discussions.models import StrategyDiscussion
from services.reviews_api.supervisions.actions import put_supervision, withdraw_supervision
from services.reviews_api.supervisions.models import Supervision
from services.reviews_api.surveys.actions import put_survey, withdraw_survey
from services.reviews_api.surveys.models import Survey
from services.reviews_api.visits.actions import put_visit, withdraw_visit
from services.reviews_api.visits.models import Visit
from services.reviews_api.workers.actions import put_worker, withdraw_worker
from services.reviews_api.workers.models import Worker

KINDS = {
    kind.name: kind
    for kind in (
        Kind(Child, put_child, withdraw_child, patient=True),
        Kind(Worker, put_worker, withdraw_worker),
        Kind(Conflict, put_conflict, withdraw_conflict, patient=True),
        Kind(CarePeriod, put_care_period, withdraw_care_period, patient=True),
        Kind(HistoryRecord, put_history, patient=True),
        Kind(Placement, put_placement, withdraw_placement),
        Kind(LegalStatus, put_legal_status, withdraw_legal_status),
        Kind(Allocation, put_allocation, withdraw_allocation, patient=True),
        Kind(Review, put_review, withdraw_review, patient=True),
        Kind(Decision, put_decision, withdraw_decision, patient=True, names={"carried_from": "decision"}),
        Kind(
            MidpointCheck,
            put_midpoint_check,
            withdraw_midpoint_check,
            patient=True,
            names={"protection": "history"},
        ),
        Kind(CarePlanningMeeting, put_meeting, withdraw_meeting, patient=True),
        Kind(Visit, put_visit, withdraw_visit, patient=True),
        Kind(MilestoneRecord, put_milestone, withdraw_milestone, patient=True),
        Kind(StrategyDiscussion, put_strategy_discussion, withdraw_strategy_discussion),
        Kind(Conference, put_conference, withdraw_conference, alone=True, names={"children": "child"}),
        Kind(ProtectionPlan, put_plan, withdraw_plan),
        Kind(CoreGroup, put_core_group, withdraw_core_group, names={"plan": "protection_plan"}),
        Kind(PreProceedings, put_pre_proceedings, withdraw_pre_proceedings, called="pre_proceedings"),
        Kind(Supervision, put_supervision, withdraw_supervision, patient=True, names={"officer": "worker"}),
        Kind(Observation, put_observation, withdraw_observation, patient=True, names={"officer": "worker"}),
        Kind(Audit, put_audit, withdraw_audit, patient=True),
        Kind(Checklist, put_checklist, withdraw_checklist),
        Kind(ChecklistAnswer, put_answers, withdraw_answers, patient=True),
        Kind(Survey, put_survey, withdraw_survey, patient=True),
        Kind(ReportedFact, put_fact, withdraw_fact, patient=True, names={"about": "fact"}),
        Kind(DipSample, put_dip_sample, withdraw_dip_sample, alone=True),
        Kind(Exemption, put_exemption, withdraw_exemption, alone=True),
    )
}
RANK = {name: rank for rank, name in enumerate(KINDS)}


@cache
def _naming(record: str) -> Mapping[str, str]:
    """The fields by which rows of a kind name what they rest on, and of which kind that is."""
    kind = KINDS[record]
    fields = kind.body_of(kind.put_record).model_fields
    return {name: name for name in fields if name in KINDS} | dict(kind.names)


def named(record: str, body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a row names: each of its kind and its reference. A history may be a care period's own."""
    for field, kind in _naming(record).items():
        value = body.get(field)
        for each in value if isinstance(value, list) else [value]:
            reference = each.get(kind) if isinstance(each, dict) else each
            if isinstance(reference, str):
                yield kind, reference
                if field == "history":
                    yield "care_period", reference


def rests_on_its_own_kind(record: str | None, body: Mapping[str, Any] | None) -> bool:
    """Whether a row rests on another of its own kind."""
    return any(kind == record for kind, _ in named(record, body or {})) if record else False
