"""Dip samples: one question asked of the records of some children, drawn by lot."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.access import ASSURANCE_READERS
from services.reviews_api.dip_samples import queries
from services.reviews_api.dip_samples.actions import close_dip_sample, put_dip_sample, withdraw_dip_sample
from services.reviews_api.dip_samples.models import DipSample
from services.reviews_api.dip_samples.schemas import (
    CloseBody,
    DipSampleBody,
    DipSampleFigures,
    DipSampleList,
    DipSamplePage,
    DipSampleView,
    DrawnFrom,
    DrawnTo,
    InState,
    OfQuestion,
)
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from services.reviews_api.stretches import stretch
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/dip_samples", tags=["dip_samples"], route_class=TransactionalRoute)
SampleReference = Annotated[Reference, Path(description="Your own reference of the dip sample, or our id.")]


@router.put(
    "/{reference}",
    summary="Draw a dip sample, or draw it anew",
    responses=created(DipSampleView) | problem_responses(404, 409, 412, 413, 415, 422, 428),
)
async def put(
    reference: SampleReference,
    body: DipSampleBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> DipSampleView:
    """The same seed, date and size draw the same children in the same order, whoever asks. Drawing anew is refused
    once there is an answer, and the earlier draw is kept."""
    written = await put_dip_sample(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return DipSampleView.model_validate(written.record)


@router.get("", summary="List dip samples", responses=problem_responses(422))
async def list_dip_samples(
    request: Request,
    session: Session,
    who: Caller,
    question: OfQuestion = None,
    state: InState = None,
    drawn_from: DrawnFrom = None,
    drawn_to: DrawnTo = None,
    after: After = None,
    limit: Limit = 50,
) -> DipSampleList:
    """In the order in which they were first drawn, also those withdrawn. `next` is the address of what follows."""
    wanted = queries.narrowed(question, state, (drawn_from, drawn_to))
    found = await stretch(session, DipSample, who.authority, after, limit + 1, *wanted)
    items = [DipSampleView.model_validate(each) for each in found[:limit]]
    return DipSampleList(items=items, next=next_address(request, found, limit))


@router.get("/{reference}", summary="A dip sample", responses=problem_responses(404, 422))
async def get(reference: SampleReference, response: Response, session: Session, who: Caller) -> DipSamplePage:
    """One dip sample and what it comes to so far, with its version as the ETag."""
    page = await queries.page(session, who.authority, reference)
    mark(response, page.version)
    return page


@router.get(
    "/{reference}/figures", summary="What a dip sample came to", responses=problem_responses(404, 422)
)
async def get_figures(reference: SampleReference, session: Session, who: Caller) -> DipSampleFigures:
    """Counts and the percentage; small numbers are kept back from those who see figures only."""
    sample = await get_record(session, DipSample, who.authority, reference)
    return await queries.figures(session, sample, sees_all=bool(who.roles & ASSURANCE_READERS))


@router.post(
    "/{reference}/close",
    summary="Take no more answers",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def close(
    reference: SampleReference,
    body: CloseBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> DipSampleView:
    """What it came to stays as it is; children nobody looked at stay unanswered."""
    sample = await close_dip_sample(session, door, who.authority, reference, body, if_match)
    mark(response, sample.version)
    return DipSampleView.model_validate(sample)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a dip sample was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: SampleReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> DipSampleView:
    """It is kept with the reason, its children and their answers; a PUT brings it back."""
    sample = await withdraw_dip_sample(session, door, who.authority, reference, body, if_match)
    mark(response, sample.version)
    return DipSampleView.model_validate(sample)
