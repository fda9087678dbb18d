"""Histories: what facts are told of where that is no care period."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.histories.actions import put_history
from services.reviews_api.histories.queries import history_page
from services.reviews_api.histories.schemas import HistoryBody, HistoryPage, HistoryView
from shared.http.fields import Reference
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/histories", tags=["histories"], route_class=TransactionalRoute)
HistoryReference = Annotated[Reference, Path(description="Your own reference of the history, or our id.")]


@router.put(
    "/{reference}",
    summary="Open a history of a child or an officer",
    responses=created(HistoryView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: HistoryReference,
    body: HistoryBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> HistoryView:
    """Facts of a child's protection, of a missing episode and the like are told of a history opened here. A care
    period is its own history, and is put as a care period."""
    record, saved = await put_history(session, door, who, reference, body, if_match)
    mark(response, record.version, saved)
    return HistoryView.model_validate(record)


@router.get("/{reference}", summary="A history", responses=problem_responses(404, 422))
async def get(reference: HistoryReference, response: Response, session: Session, who: Caller) -> HistoryPage:
    """One history and the deadlines open in it, with its version as the ETag."""
    page = await history_page(session, who, reference)
    mark(response, page.version)
    return page
