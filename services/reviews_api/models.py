"""The tables that reviews_api owns."""

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.decisions.models import Decision
from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.facts.models import ReportedFact
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.imports.models import Episode
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.merges.models import ChildMerge
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.placements.models import Placement
from services.reviews_api.reviews.models import Review

REVIEWS_MODELS = (
    Child,
    CarePeriod,
    Allocation,
    Review,
    Decision,
    MidpointCheck,
    HistoryRecord,
    ReportedFact,
    Exemption,
    Episode,
    Placement,
    LegalStatus,
    ChildMerge,
)
