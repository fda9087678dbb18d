"""Care periods: from the day a child becomes looked after to the day they cease to be."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.care_periods.actions import put_care_period, withdraw_care_period
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.schemas import CarePeriodBody, CarePeriodView
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/care_periods", tags=["care_periods"], route_class=TransactionalRoute)
PeriodReference = Annotated[Reference, Path(description="Your own reference of the care period, or our id.")]


@router.put(
    "/{reference}",
    summary="Create or replace a care period",
    responses=created(CarePeriodView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: PeriodReference,
    body: CarePeriodBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> CarePeriodView:
    """Starts the clocks of care; with `ended_on`, ends them."""
    written = await put_care_period(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return CarePeriodView.model_validate(written.record)


@router.get("/{reference}", summary="A care period", responses=problem_responses(404, 422))
async def get(
    reference: PeriodReference, response: Response, session: Session, who: Caller
) -> CarePeriodView:
    """One care period, with its version as the ETag."""
    period = await get_record(session, CarePeriod, who.authority, reference)
    mark(response, period.version)
    return CarePeriodView.model_validate(period)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a care period was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: PeriodReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> CarePeriodView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    period = await withdraw_care_period(session, door, who.authority, reference, body, if_match)
    mark(response, period.version)
    return CarePeriodView.model_validate(period)
