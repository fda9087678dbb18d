"""Facts that have no record of their own: reported, amended, withdrawn."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.facts.actions import put_fact, withdraw_fact
from services.reviews_api.facts.queries import reported_view, told_view
from services.reviews_api.facts.schemas import FactBody, FactWithdrawal, ReportedView, ToldView
from services.reviews_api.sourced import WITHDRAWAL_KEPT
from shared.http.fields import Reference
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/facts", tags=["facts"], route_class=TransactionalRoute)
FactReference = Annotated[Reference, Path(description="Your own reference of the fact, or our id.")]


@router.put(
    "/{reference}",
    summary="Report a fact, or amend it",
    responses=created(ToldView) | problem_responses(404, 409, 412, 413, 415, 422, 428),
)
async def put(
    reference: FactReference,
    body: FactBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ToldView:
    """Works the deadlines of its history out anew, and answers with what is now due there.

    For what has no resource of its own: a visit, a short break, an interview. A fact told late counts from the day it
    happened; one that was withdrawn comes back.
    """
    fact, saved = await put_fact(session, door, who, reference, body, if_match)
    mark(response, fact.version, saved)
    return await told_view(session, fact)


@router.get("/{reference}", summary="A reported fact", responses=problem_responses(404, 422))
async def get(reference: FactReference, response: Response, session: Session, who: Caller) -> ReportedView:
    """One fact as it was reported, with its version as the ETag; also one that was withdrawn."""
    fact = await reported_view(session, who, reference)
    mark(response, fact.version)
    return fact


@router.post(
    "/{reference}/withdraw",
    summary="Say that a reported fact was not so",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: FactReference,
    body: FactWithdrawal,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ToldView:
    """The deadlines follow; the fact is kept, with why it was withdrawn. While others are about it, it stays."""
    fact = await withdraw_fact(session, door, who, reference, body, if_match)
    mark(response, fact.version)
    return await told_view(session, fact)
