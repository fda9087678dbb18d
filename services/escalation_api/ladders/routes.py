"""The council's ladders, as its policy has them."""

from fastapi import APIRouter

from services.escalation_api.ladders.schemas import LadderList, LadderView
from shared.clock import today
from shared.http.routes import AtDoor, Caller, GuardedRoute

router = APIRouter(prefix="/v1/ladders", tags=["ladders"], route_class=GuardedRoute)


@router.get("", summary="List the ladders")
async def list_ladders(who: Caller, door: AtDoor) -> LadderList:
    """The ladder on which an escalation begins today, and those on which older ones may still stand: the stages, who
    answers each within how long, and what silence does."""
    catalogue = door.law.catalogue
    now = catalogue.ladder_on(today(door.clock))
    return LadderList(items=[LadderView.of(each, each is now) for each in catalogue.ladders])
