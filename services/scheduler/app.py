"""scheduler: notices what is due, and tells whoever asked to be told."""

from fastapi import FastAPI

from services.scheduler.access import ACCESS
from shared.clock import Clock
from shared.http.service import make_service
from shared.http.wiring import make_door
from shared.settings import Settings

ROLE = "duecare_scheduler"


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The application, wired from the settings (by default, the environment's)."""
    door = make_door(settings or Settings(), ROLE, ACCESS, clock)
    return make_service("scheduler", "Deadlines noticed, events told.", door, ROUTERS)


ROUTERS = ()
