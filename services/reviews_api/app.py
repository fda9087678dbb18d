"""reviews_api: children, care periods, allocations, reviews, midpoint checks and all else that is told of a child or an
officer, and whose day it makes."""

from fastapi import FastAPI

from services.reviews_api.access import ACCESS
from services.reviews_api.allocations.routes import router as allocations
from services.reviews_api.care_periods.routes import router as care_periods
from services.reviews_api.caseloads.routes import router as caseloads
from services.reviews_api.children.routes import router as children
from services.reviews_api.conference_figures.routes import router as conference_figures
from services.reviews_api.conferences.routes import router as conferences
from services.reviews_api.conferences.step_routes import router as conference_steps
from services.reviews_api.core_groups.routes import router as core_groups
from services.reviews_api.exemptions.routes import router as exemptions
from services.reviews_api.facts.routes import router as facts
from services.reviews_api.histories.routes import router as histories
from services.reviews_api.midpoint_checks.routes import router as midpoint_checks
from services.reviews_api.plan_figures.routes import router as plan_figures
from services.reviews_api.pre_proceedings.routes import router as pre_proceedings
from services.reviews_api.protection_plans.routes import router as protection_plans
from services.reviews_api.reviews.routes import router as reviews
from services.reviews_api.strategy_discussions.routes import router as strategy_discussions
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
    strategy_discussions,
    conferences,
    conference_steps,
    conference_figures,
    protection_plans,
    plan_figures,
    core_groups,
    pre_proceedings,
)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The application, wired from the settings (by default, the environment's)."""
    door = make_door(settings or Settings(), ROLE, ACCESS, clock)
    return make_service("reviews_api", "Children in care: their reviews and what is due.", door, ROUTERS)
