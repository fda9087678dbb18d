"""escalation_api: challenges on behalf of a child, from a quiet word upwards."""

from fastapi import FastAPI

from services.escalation_api.access import ACCESS
from services.escalation_api.bundles.routes import router as bundles
from services.escalation_api.cafcass.routes import router as referrals
from services.escalation_api.cafcass.step_routes import router as referral_steps
from services.escalation_api.escalation_clocks.routes import router as clocks
from services.escalation_api.escalation_figures.routes import router as figures
from services.escalation_api.escalations.routes import router as escalations
from services.escalation_api.escalations.step_routes import router as steps
from services.escalation_api.following import following
from services.escalation_api.ladders.routes import router as ladders
from services.escalation_api.notes.routes import router as notes
from services.escalation_api.promises.routes import router as promises
from services.escalation_api.responses.routes import router as responses
from services.escalation_api.themes.routes import router as themes
from shared.clock import Clock
from shared.http.service import make_service
from shared.http.wiring import make_door
from shared.settings import Settings

ROLE = "duecare_escalation"
ROUTERS = (
    escalations,
    steps,
    responses,
    promises,
    notes,
    themes,
    ladders,
    referrals,
    referral_steps,
    bundles,
    figures,
    clocks,
)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The application, wired from the settings (by default, the environment's)."""
    door = make_door(settings or Settings(), ROLE, ACCESS, clock)
    return make_service("escalation_api", "Challenges on behalf of children.", door, ROUTERS, following)
