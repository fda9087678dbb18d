"""Observations: somebody looks at how an officer works."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.reviews_api.observations import queries
from services.reviews_api.observations.actions import put_observation, withdraw_observation
from services.reviews_api.observations.models import Observation
from services.reviews_api.observations.schemas import ObservationBody, ObservationList, ObservationView
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/observations", tags=["observations"], route_class=TransactionalRoute)
ObservationReference = Annotated[
    Reference, Path(description="Your own reference of the observation, or our id.")
]
OfOfficer = Annotated[Reference | None, Query(description="The officer's reference as a worker.")]


@router.put(
    "/{reference}",
    summary="Record an observation, or replace its record",
    responses=created(ObservationView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: ObservationReference,
    body: ObservationBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ObservationView:
    """It meets what the officer was due and starts the clock of the next."""
    written = await put_observation(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return ObservationView.model_validate(written.record)


@router.get("", summary="List observations", responses=problem_responses(404, 422))
async def list_observations(
    request: Request,
    session: Session,
    who: Caller,
    officer: OfOfficer = None,
    after: After = None,
    limit: Limit = 50,
) -> ObservationList:
    """Of one officer or of all, in the order in which they were first told. `next` is the address of what follows."""
    found = await queries.stretch(session, who.authority, officer, after, limit + 1)
    return ObservationList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="An observation", responses=problem_responses(404, 422))
async def get(
    reference: ObservationReference, response: Response, session: Session, who: Caller
) -> ObservationView:
    """One observation, with its version as the ETag."""
    record = await get_record(session, Observation, who.authority, reference)
    mark(response, record.version)
    return ObservationView.model_validate(record)


@router.post(
    "/{reference}/withdraw",
    summary="Say that an observation was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: ObservationReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ObservationView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    record = await withdraw_observation(session, door, who.authority, reference, body, if_match)
    mark(response, record.version)
    return ObservationView.model_validate(record)
