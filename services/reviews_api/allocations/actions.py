"""Writing an allocation."""

from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.allocations.schemas import AllocationBody
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import period_of
from services.reviews_api.record import find_to_put
from services.reviews_api.timeline import not_in_the_future, tell
from shared.db.base import new_id
from shared.events.language import Event, IroAllocated
from shared.http.door import Door
from shared.http.versions import Saved
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
) -> tuple[Allocation, Saved]:
    """Create or replace an allocation, and work out anew the deadlines that it meets.

    Raises NotFound for an unknown care period, Contradiction for instants that cannot be.
    """
    period = await period_of(session, authority, body.care_period)
    check_instants(door, period, body)
    values = body.model_dump(exclude={"care_period"})
    allocation = await find_to_put(session, Allocation, authority, reference)
    if allocation is None:
        allocation = _new(authority, reference, period, values)
        session.add(allocation)
        before, saved = None, Saved.CREATED
    else:
        if allocation.care_period_id != period.id:
            raise Contradiction("This allocation belongs to another care period.", pointer="/care_period")
        before = (allocation.officer, allocation.allocated_at)
        saved = allocation.change(values, if_match)
    if saved is not Saved.UNCHANGED:
        await session.flush()
        await tell(session, door, allocation, [period.id], happenings(allocation, before))
    return allocation, saved


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


def _new(authority: str, reference: str, period: CarePeriod, values: dict[str, object]) -> Allocation:
    return Allocation(
        authority_id=authority,
        reference=reference,
        child_id=period.child_id,
        care_period_id=period.id,
        **values,  # type: ignore[arg-type]
    )


def happenings(allocation: Allocation, before: tuple[object, object] | None) -> Iterator[Event]:
    """What changed, in the past tense: another officer or another instant is another allocation."""
    if before != (allocation.officer, allocation.allocated_at):
        yield IroAllocated(
            subject_id=allocation.id,
            child_id=allocation.child_id,
            occasion=new_id(),
            officer=allocation.officer,
            allocated_at=allocation.allocated_at,
        )
