"""reviews_api: children, care periods, allocations, reviews, midpoint checks and all else that is told of a child or an
officer, and whose day it makes."""

from fastapi import FastAPI

from services.reviews_api.access import ACCESS
from services.reviews_api.allocations.routes import router as allocations
from services.reviews_api.care_periods.routes import router as care_periods
from services.reviews_api.caseload_figures.routes import router as caseload_figures
from services.reviews_api.caseloads.routes import router as caseloads
from services.reviews_api.children.routes import router as children
from services.reviews_api.conflicts.routes import router as conflicts
from services.reviews_api.exemptions.routes import router as exemptions
from services.reviews_api.facts.routes import router as facts
from services.reviews_api.forecasts.routes import router as forecasts
from services.reviews_api.histories.routes import router as histories
from services.reviews_api.midpoint_checks.routes import router as midpoint_checks
from services.reviews_api.observations.routes import router as observations
from services.reviews_api.reallocations.routes import router as reallocations
from services.reviews_api.reviews.routes import router as reviews
from services.reviews_api.supervisions.routes import router as supervisions
from services.reviews_api.workers.routes import router as workers
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
    histories,
    facts,
    exemptions,
    caseloads,
    workers,
    supervisions,
    observations,
    conflicts,
    reallocations,
    caseload_figures,
    forecasts,
)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The application, wired from the settings (by default, the environment's)."""
    door = make_door(settings or Settings(), ROLE, ACCESS, clock)
    return make_service("reviews_api", "Children in care: their reviews and what is due.", door, ROUTERS)
