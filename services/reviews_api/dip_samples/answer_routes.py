"""The children of a dip sample, and what was found on the record of each."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.children.models import Child
from services.reviews_api.dip_samples import queries
from services.reviews_api.dip_samples.actions import answer_for_child
from services.reviews_api.dip_samples.models import DipSample
from services.reviews_api.dip_samples.schemas import (
    AfterPosition,
    AnswerBody,
    Answered,
    DrawnChild,
    DrawnChildren,
)
from services.reviews_api.record import get as get_record
from shared.http.fields import Reference
from shared.http.pages import Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/dip_samples", tags=["dip_samples"], route_class=TransactionalRoute)
SampleReference = Annotated[Reference, Path(description="Your own reference of the dip sample, or our id.")]
ChildReference = Annotated[
    Reference, Path(description="The case system's reference of the child, or our id.")
]


@router.get(
    "/{reference}/children", summary="The children of a dip sample", responses=problem_responses(404, 422)
)
async def list_children(
    request: Request,
    reference: SampleReference,
    session: Session,
    who: Caller,
    answered: Answered = None,
    after: AfterPosition = 0,
    limit: Limit = 50,
) -> DrawnChildren:
    """In the order of the draw. `next` is the address of what follows."""
    sample = await get_record(session, DipSample, who.authority, reference)
    found = await queries.drawn_children(session, sample, answered, after, limit + 1)
    return DrawnChildren(items=found[:limit], next=next_address(request, found, limit, "position"))


@router.get(
    "/{reference}/answers/{child}",
    summary="What was found of one child",
    responses=problem_responses(404, 422),
)
async def get_answer(
    reference: SampleReference, child: ChildReference, response: Response, session: Session, who: Caller
) -> DrawnChild:
    """A child who was drawn, with the version of the answer as the ETag: 0 as long as there is none."""
    sample = await get_record(session, DipSample, who.authority, reference)
    found = await get_record(session, Child, who.authority, child)
    shown = queries.shown(await queries.drawn_child(session, sample, found.id))
    mark(response, shown.version)
    return shown


@router.put(
    "/{reference}/answers/{child}",
    summary="Say what was found of one child, or correct it",
    responses=created(DrawnChild) | problem_responses(404, 409, 412, 413, 415, 422, 428),
)
async def put_answer(
    reference: SampleReference,
    child: ChildReference,
    body: AnswerBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> DrawnChild:
    """Only of a child who was drawn, and until the sample is closed."""
    shown, saved = await answer_for_child(session, door, who, reference, child, body, if_match)
    mark(response, shown.version, saved)
    return shown
