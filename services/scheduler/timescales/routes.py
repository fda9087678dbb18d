"""The catalogue of timescales: what is promised, and on whose authority."""

from fastapi import APIRouter

from services.scheduler.timescales.schemas import CatalogueView, TimescaleView
from services.scheduler.timescales.views import show_catalogue, show_timescale
from shared.http.routes import AtDoor, GuardedRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1", tags=["timescales"], route_class=GuardedRoute)


@router.get("/timescales", summary="Every timescale")
async def list_timescales(door: AtDoor) -> CatalogueView:
    """The catalogue in its order, and the calendar that counts its days."""
    return show_catalogue(door.law)


@router.get("/timescales/{code}", summary="One timescale", responses=problem_responses(404))
async def get_timescale(code: str, door: AtDoor) -> TimescaleView:
    """One row of the catalogue, with its source and the days from which it holds."""
    return show_timescale(door.law, code)
