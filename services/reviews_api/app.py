"""reviews_api: children, care periods, allocations, reviews, midpoint checks and all else that is told of a child or an
officer, and whose day it makes."""

from fastapi import FastAPI

from services.reviews_api.access import ACCESS
from services.reviews_api.allocations.routes import router as allocations
from services.reviews_api.between_reviews.routes import router as between_reviews
from services.reviews_api.care_periods.routes import router as care_periods
from services.reviews_api.care_planning_meetings.routes import router as care_planning_meetings
from services.reviews_api.caseloads.routes import router as caseloads
from services.reviews_api.children.routes import router as children
from services.reviews_api.exemptions.routes import router as exemptions
from services.reviews_api.facts.routes import router as facts
from services.reviews_api.histories.routes import router as histories
from services.reviews_api.midpoint_checks.routes import router as midpoint_checks
from services.reviews_api.milestones.routes import router as milestones
from services.reviews_api.reviews.routes import router as reviews
from services.reviews_api.visits.routes import router as visits
from shared.clock import Clock
from shared.http.service import make_service
from shared.http.wiring import make_door
from shared.settings import Settings

ROLE = "duecare_reviews"
ROUTERS = (
    children,
    care_periods,
    allocations,
    reviews,
    midpoint_checks,
    care_planning_meetings,
    visits,
    milestones,
    between_reviews,
    histories,
    facts,
    exemptions,
    caseloads,
)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The application, wired from the settings (by default, the environment's)."""
    door = make_door(settings or Settings(), ROLE, ACCESS, clock)
    return make_service("reviews_api", "Children in care: their reviews and what is due.", door, ROUTERS)
