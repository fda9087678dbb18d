"""Strategy discussions: are section 47 enquiries to be made?"""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from services.reviews_api.strategy_discussions.actions import (
    put_strategy_discussion,
    withdraw_strategy_discussion,
)
from services.reviews_api.strategy_discussions.models import StrategyDiscussion
from services.reviews_api.strategy_discussions.schemas import StrategyDiscussionBody, StrategyDiscussionView
from shared.http.fields import Reference
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(
    prefix="/v1/strategy_discussions", tags=["strategy_discussions"], route_class=TransactionalRoute
)
DiscussionReference = Annotated[
    Reference, Path(description="Your own reference of the strategy discussion, or our id.")
]


@router.put(
    "/{reference}",
    summary="Record a strategy discussion, or replace its record",
    responses=created(StrategyDiscussionView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: DiscussionReference,
    body: StrategyDiscussionBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> StrategyDiscussionView:
    """The one that initiated section 47 enquiries starts the clock of the initial conference."""
    written = await put_strategy_discussion(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return StrategyDiscussionView.model_validate(written.record)


@router.get("/{reference}", summary="A strategy discussion", responses=problem_responses(404, 422))
async def get(
    reference: DiscussionReference, response: Response, session: Session, who: Caller
) -> StrategyDiscussionView:
    """One strategy discussion, with its version as the ETag."""
    found = await get_record(session, StrategyDiscussion, who.authority, reference)
    mark(response, found.version)
    return StrategyDiscussionView.model_validate(found)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a strategy discussion was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: DiscussionReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> StrategyDiscussionView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    found = await withdraw_strategy_discussion(session, door, who.authority, reference, body, if_match)
    mark(response, found.version)
    return StrategyDiscussionView.model_validate(found)
