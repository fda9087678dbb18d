"""A child's timeline: what was so, when, and when it became known."""

from typing import Annotated

from fastapi import APIRouter, Path, Request

from services.reviews_api.timelines.queries import stretch
from services.reviews_api.timelines.schemas import After, Kinds, TimelineList
from shared.http.fields import Reference
from shared.http.pages import Limit
from shared.http.places import address_after
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/children", tags=["timelines"], route_class=TransactionalRoute)
ChildReference = Annotated[
    Reference, Path(description="The case system's reference of the child, or our id.")
]


@router.get("/{reference}/timeline", summary="A child's timeline", responses=problem_responses(404, 422))
async def list_entries(
    reference: ChildReference,
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    kinds: Kinds = None,
    after: After = None,
    limit: Limit = 50,
) -> TimelineList:
    """Every fact, also those taken back, every deadline as its clock starts, ends or passes unmet, and what was raised
    for the child, in the order in which it was so, and then in which it was recorded. `next` is the address of what
    follows."""
    items, place = await stretch(session, door, who, reference, kinds, after, limit)
    return TimelineList(items=items, next=address_after(request, place) if place else None)
