"""The tables that reviews_api owns."""

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_planning_meetings.models import CarePlanningMeeting
from services.reviews_api.children.models import Child
from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.facts.models import ReportedFact
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.imports.models import Episode
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.milestones.models import MilestoneRecord
from services.reviews_api.reviews.models import Review
from services.reviews_api.visits.models import Visit

REVIEWS_MODELS = (
    Child,
    CarePeriod,
    Allocation,
    Review,
    MidpointCheck,
    CarePlanningMeeting,
    Visit,
    MilestoneRecord,
    HistoryRecord,
    ReportedFact,
    Exemption,
    Episode,
)
