"""Writing an allocation, and taking one back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.allocations.schemas import AllocationBody
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import period_of
from services.reviews_api.record import Written, get, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import not_in_the_future, tell
from services.reviews_api.withdrawing import withdraw
from shared.db.base import new_id
from shared.events.language import Event, IroAllocated
from shared.http.door import Door
from shared.refusals import Contradiction
from shared.timescales.london import london_date

OUTSIDE = "outside_care_period"


async def put_allocation(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: AllocationBody,
    if_match: str | None,
) -> Written[Allocation]:
    """Create or replace an allocation, and work out anew the deadlines that it meets.

    Raises NotFound for an unknown care period, Contradiction for instants that cannot be.
    """
    period = await period_of(session, authority, body.care_period)
    check_instants(door, period, body)
    fixed = {"care_period_id": period.id, "child_id": period.child_id}
    written = await write(
        session, Allocation, authority, reference, fixed, body.values("care_period"), body.given(if_match)
    )
    if written.changed:
        await tell(session, door, written.record, [period.id], happenings(written.record, written.before))
    return written


async def withdraw_allocation(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Allocation:
    """Nobody was allocated: the clocks that it stopped run again. Raises NotFound, TransitionRefused."""
    allocation = await get(session, Allocation, authority, reference, lock=True)
    histories, given = [allocation.care_period_id], body.given(if_match)
    await withdraw(session, door, allocation, allocation.child_id, histories, body.because, given)
    return allocation


def check_instants(door: Door, period: CarePeriod, body: AllocationBody) -> None:
    """Raise Contradiction for an allocation still to come, or outside the time of care that it is for.

    One made before care starts is allowed: an officer may be named for a planned admission.
    """
    not_in_the_future(door, "allocated_at", body.allocated_at)
    if body.ended_at is not None and body.ended_at < body.allocated_at:
        raise Contradiction("An allocation cannot end before it begins.", pointer="/ended_at")
    if body.ended_at is not None and london_date(body.ended_at) < period.started_on:
        raise Contradiction("The allocation ended before care started.", code=OUTSIDE, pointer="/ended_at")
    if period.ended_on is not None and london_date(body.allocated_at) > period.ended_on:
        raise Contradiction("The allocation begins after care ended.", code=OUTSIDE, pointer="/allocated_at")


def happenings(allocation: Allocation, before: Mapping[str, Any]) -> Iterator[Event]:
    """What changed, in the past tense: another officer or another instant is another allocation."""
    if (before.get("officer"), before.get("allocated_at")) != (allocation.officer, allocation.allocated_at):
        yield IroAllocated(
            subject_id=allocation.id,
            child_id=allocation.child_id,
            occasion=new_id(),
            officer=allocation.officer,
            allocated_at=allocation.allocated_at,
        )
