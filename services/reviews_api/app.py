"""reviews_api: children, care periods, allocations, reviews, midpoint checks and all else that is told of a child or an
officer, and whose day it makes."""

from fastapi import FastAPI

from services.reviews_api.access import ACCESS, LINKED
from services.reviews_api.allocations.routes import router as allocations
from services.reviews_api.audits.routes import router as audits
from services.reviews_api.between_reviews.routes import router as between_reviews
from services.reviews_api.bulk.routes import router as imports
from services.reviews_api.bulk.working import working
from services.reviews_api.calendar_links.feed_routes import router as calendar_feed
from services.reviews_api.calendar_links.routes import router as calendar_links
from services.reviews_api.care_figures.routes import router as care_figures
from services.reviews_api.care_periods.routes import router as care_periods
from services.reviews_api.care_planning_meetings.routes import router as care_planning_meetings
from services.reviews_api.caseload_figures.routes import router as caseload_figures
from services.reviews_api.caseloads.routes import router as caseloads
from services.reviews_api.checklist_answers.routes import router as checklist_answers
from services.reviews_api.checklists.routes import router as checklists
from services.reviews_api.children.routes import router as children
from services.reviews_api.conference_figures.routes import router as conference_figures
from services.reviews_api.conferences.routes import router as conferences
from services.reviews_api.conferences.step_routes import router as conference_steps
from services.reviews_api.conflicts.routes import router as conflicts
from services.reviews_api.core_groups.routes import router as core_groups
from services.reviews_api.decisions.routes import router as decisions
from services.reviews_api.dip_samples.answer_routes import router as dip_sample_answers
from services.reviews_api.dip_samples.routes import router as dip_samples
from services.reviews_api.due.routes import router as due
from services.reviews_api.exemptions.routes import router as exemptions
from services.reviews_api.facts.routes import router as facts
from services.reviews_api.forecasts.routes import router as forecasts
from services.reviews_api.histories.routes import router as histories
from services.reviews_api.legal_statuses.routes import router as legal_statuses
from services.reviews_api.merges.routes import router as merges
from services.reviews_api.midpoint_checks.routes import router as midpoint_checks
from services.reviews_api.milestones.routes import router as milestones
from services.reviews_api.observations.routes import router as observations
from services.reviews_api.placements.routes import router as placements
from services.reviews_api.plan_figures.routes import router as plan_figures
from services.reviews_api.pre_proceedings.routes import router as pre_proceedings
from services.reviews_api.protection_plans.routes import router as protection_plans
from services.reviews_api.reallocations.routes import router as reallocations
from services.reviews_api.review_figures.routes import router as review_figures
from services.reviews_api.reviews.routes import router as reviews
from services.reviews_api.reviews.step_routes import router as review_steps
from services.reviews_api.strategy_discussions.routes import router as strategy_discussions
from services.reviews_api.supervisions.routes import router as supervisions
from services.reviews_api.surveys.routes import router as surveys
from services.reviews_api.timelines.routes import router as timelines
from services.reviews_api.visits.routes import router as visits
from services.reviews_api.workers.routes import router as workers
from shared.clock import Clock
from shared.http.service import make_service
from shared.http.wiring import make_door
from shared.settings import Settings

ROLE = "duecare_reviews"
# A request is matched in this order: what is asked for all day comes first.
ROUTERS = (
    caseloads,
    due,
    children,
    merges,
    timelines,
    care_periods,
    placements,
    legal_statuses,
    allocations,
    reviews,
    review_steps,
    decisions,
    review_figures,
    care_figures,
    midpoint_checks,
    care_planning_meetings,
    visits,
    milestones,
    between_reviews,
    histories,
    facts,
    exemptions,
    dip_samples,
    dip_sample_answers,
    audits,
    checklists,
    checklist_answers,
    surveys,
    strategy_discussions,
    conferences,
    conference_steps,
    conference_figures,
    protection_plans,
    plan_figures,
    core_groups,
    pre_proceedings,
    imports,
    workers,
    calendar_links,
    calendar_feed,
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
    return make_service(
        "reviews_api",
        "Children in care: their reviews and what is due.",
        door,
        ROUTERS,
        working,
        linked=LINKED,
    )
