"""Workers: the officers and the others who work for the council."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from services.reviews_api.workers import queries
from services.reviews_api.workers.actions import put_worker, withdraw_worker
from services.reviews_api.workers.models import WorkerRole
from services.reviews_api.workers.schemas import WorkerBody, WorkerList, WorkerPage, WorkerView
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/workers", tags=["workers"], route_class=TransactionalRoute)
WorkerReference = Annotated[Reference, Path(description="Your own reference of the worker, or our id.")]
OfTeam = Annotated[Reference | None, Query(description="Your reference of the team.")]


@router.put(
    "/{reference}",
    summary="Record a worker, or replace their record",
    responses=created(WorkerView) | problem_responses(404, 409, 412, 413, 415, 422, 428),
)
async def put(
    reference: WorkerReference,
    body: WorkerBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> WorkerView:
    """An officer's record starts the clocks of their supervision and observation; `left_on` stops them."""
    written = await put_worker(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return WorkerView.model_validate(written.record)


@router.get("", summary="List workers", responses=problem_responses(422))
async def list_workers(
    request: Request,
    session: Session,
    who: Caller,
    role: WorkerRole | None = None,
    team: OfTeam = None,
    after: After = None,
    limit: Limit = 50,
) -> WorkerList:
    """Workers by role and team, also those who have left. `next` is the address of what follows."""
    found = await queries.stretch(session, who.authority, role, team, after, limit + 1)
    return WorkerList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A worker", responses=problem_responses(404, 422))
async def get(reference: WorkerReference, response: Response, session: Session, who: Caller) -> WorkerPage:
    """One worker, for an officer with what is due to them, and the version as the ETag."""
    page = await queries.worker_page(session, who.authority, reference)
    mark(response, page.version)
    return page


@router.post(
    "/{reference}/withdraw",
    summary="Say that a worker's record was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: WorkerReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> WorkerView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    worker = await withdraw_worker(session, door, who.authority, reference, body, if_match)
    mark(response, worker.version)
    return WorkerView.model_validate(worker)
