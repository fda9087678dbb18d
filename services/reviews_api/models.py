"""The tables that reviews_api owns."""

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.audits.models import Audit
from services.reviews_api.bulk.models import BulkImport, BulkImportRow
from services.reviews_api.calendar_links.models import CalendarLink
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_planning_meetings.models import CarePlanningMeeting
from services.reviews_api.checklist_answers.models import ChecklistAnswer
from services.reviews_api.checklists.models import Checklist, ChecklistVersion
from services.reviews_api.children.models import Child
from services.reviews_api.conferences.models import Conference, ConferenceChild
from services.reviews_api.conflicts.models import Conflict
from services.reviews_api.core_groups.models import CoreGroup
from services.reviews_api.decisions.models import Decision
from services.reviews_api.dip_samples.models import DipSample, DipSampleChild
from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.facts.models import ReportedFact
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.imports.ssda903.models import Episode
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.merges.models import ChildMerge
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.milestones.models import MilestoneRecord
from services.reviews_api.observations.models import Observation
from services.reviews_api.placements.models import Placement
from services.reviews_api.pre_proceedings.models import PreProceedings
from services.reviews_api.protection_plans.models import ProtectionPlan
from services.reviews_api.reviews.models import Review
from services.reviews_api.strategy_discussions.models import StrategyDiscussion
from services.reviews_api.supervisions.models import Supervision
from services.reviews_api.surveys.models import Survey
from services.reviews_api.tombstones import Tombstone
from services.reviews_api.visits.models import Visit
from services.reviews_api.workers.models import Worker

REVIEWS_MODELS = (
    Child,
    CarePeriod,
    Allocation,
    Review,
    Decision,
    MidpointCheck,
    CarePlanningMeeting,
    Visit,
    MilestoneRecord,
    HistoryRecord,
    ReportedFact,
    Exemption,
    Episode,
    Placement,
    LegalStatus,
    ChildMerge,
    DipSample,
    DipSampleChild,
    Audit,
    Checklist,
    ChecklistVersion,
    ChecklistAnswer,
    Survey,
    StrategyDiscussion,
    Conference,
    ConferenceChild,
    ProtectionPlan,
    CoreGroup,
    PreProceedings,
    BulkImport,
    BulkImportRow,
    Tombstone,
    Worker,
    CalendarLink,
    Supervision,
    Observation,
    Conflict,
)
