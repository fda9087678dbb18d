"""Digests: which went out, and which did not."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from services.scheduler.digests.queries import stretch
from services.scheduler.digests.schemas import DigestList, InState, OfDay
from shared.clock import today
from shared.http.pages import Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/digests", tags=["digests"], route_class=TransactionalRoute)
After = Annotated[UUID | None, Query(description="The worker of the last one you have seen.")]


@router.get("", summary="Which digests went out on a day", responses=problem_responses(422))
async def list_digests(
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    on: OfDay = None,
    state: InState = None,
    after: After = None,
    limit: Limit = 50,
) -> DigestList:
    """By worker: sent and when, nothing to tell, refused, waiting or given up. `next` is the address of the rest."""
    found = await stretch(session, who.authority, on or today(door.clock), state, after, limit + 1)
    return DigestList(items=found[:limit], next=next_address(request, found, limit, by="worker_id"))
