"""escalation_api: challenges on behalf of a child, from a quiet word upwards."""

from fastapi import FastAPI

from services.escalation_api.access import ACCESS
from services.escalation_api.escalations.routes import router as escalations
from services.escalation_api.following import following
from shared.clock import Clock
from shared.http.service import make_service
from shared.http.wiring import make_door
from shared.settings import Settings

ROLE = "duecare_escalation"
ROUTERS = (escalations,)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The application, wired from the settings (by default, the environment's)."""
    door = make_door(settings or Settings(), ROLE, ACCESS, clock)
    return make_service("escalation_api", "Challenges on behalf of children.", door, ROUTERS, following)
