"""Writing an allocation, ending one, and taking one back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import Allocation, AllocationRole
from services.reviews_api.allocations.rules import check_allowed, check_shape
from services.reviews_api.allocations.schemas import AllocationBody, EndBody
from services.reviews_api.allocations.states import ALLOCATION, Verb
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import period_of
from services.reviews_api.children.models import Child
from services.reviews_api.record import Written, get_standing, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.language import Event
from shared.events.workforce_events import AllocationEnded, IroAllocated, OfficerAllocated
from shared.http.door import Door
from shared.http.versions import check_version_if_sent
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

    Raises NotFound for an unknown care period or child, Contradiction for instants that cannot be, and for an
    officer who may not be this child's.
    """
    check_shape(body)
    fixed = await _whose(session, door, authority, body)
    values = body.values("care_period", "child", "role")
    written = await write(session, Allocation, authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        allocation = written.record
        if _is_another(allocation, written.before):
            await check_allowed(session, allocation, door.clock.now())
        told = happenings(allocation, written.before)
        await tell(session, door, allocation, allocation.histories, told)
    return written


async def end_allocation(
    session: AsyncSession, door: Door, authority: str, reference: str, body: EndBody, if_match: str | None
) -> Allocation:
    """The officer is the child's no longer. Raises NotFound, TransitionRefused where it ended before, Contradiction
    for an instant that cannot be."""
    allocation = await get_standing(session, Allocation, authority, reference, lock=True)
    check_version_if_sent(if_match, allocation.version)
    ALLOCATION.next(allocation.state, Verb.END)
    not_in_the_future(door, "ended_at", body.ended_at)
    if body.ended_at < allocation.allocated_at:
        raise Contradiction("An allocation cannot end before it begins.", pointer="/ended_at")
    if allocation.care_period_id is not None:
        period = await period_of(session, authority, str(allocation.care_period_id))
        _check_ended_in(period, body)
    allocation.end(body.ended_at, body.end_reason)
    await session.flush()
    await tell(session, door, allocation, allocation.histories, [ended(allocation)])
    return allocation


async def withdraw_allocation(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Allocation:
    """Nobody was allocated: the clocks that it stopped run again. Raises NotFound, TransitionRefused."""
    allocation = await to_withdraw(session, Allocation, authority, reference, body)
    histories, given = allocation.histories, body.given(if_match)
    await withdraw(session, door, allocation, allocation.child_id, histories, body.because, given)
    return allocation


async def _whose(
    session: AsyncSession, door: Door, authority: str, body: AllocationBody
) -> Mapping[str, Any]:
    """The care period, the child and the role, which never change of an allocation."""
    not_in_the_future(door, "allocated_at", body.allocated_at)
    not_in_the_future(door, "notified_at", body.notified_at)
    if body.ended_at is not None and body.ended_at < body.allocated_at:
        raise Contradiction("An allocation cannot end before it begins.", pointer="/ended_at")
    if body.care_period is None:
        child = await get_standing(session, Child, authority, body.child or "", "/child")
        return {"care_period_id": None, "child_id": child.id, "role": body.role}
    period = await period_of(session, authority, body.care_period)
    check_instants(period, body)
    return {"care_period_id": period.id, "child_id": period.child_id, "role": body.role}


def check_instants(period: CarePeriod, body: AllocationBody) -> None:
    """Raise Contradiction for an allocation outside the time of care that it is for.

    One made before care starts is allowed: an officer may be named for a planned admission.
    """
    _check_ended_in(period, body)
    if period.ended_on is not None and london_date(body.allocated_at) > period.ended_on:
        raise Contradiction("The allocation begins after care ended.", code=OUTSIDE, pointer="/allocated_at")


def _check_ended_in(period: CarePeriod, body: AllocationBody | EndBody) -> None:
    if body.ended_at is not None and london_date(body.ended_at) < period.started_on:
        raise Contradiction("The allocation ended before care started.", code=OUTSIDE, pointer="/ended_at")


def _is_another(allocation: Allocation, before: Mapping[str, Any]) -> bool:
    """Whether anything is new of what the rules ask about."""
    asked = ("officer", "allocated_at", "ended_at", "sibling_reason")
    return any(getattr(allocation, name) != before.get(name) for name in asked) or not before


def happenings(allocation: Allocation, before: Mapping[str, Any]) -> Iterator[Event]:
    """What changed, in the past tense: another officer or another instant is another allocation."""
    if (before.get("officer"), before.get("allocated_at")) != (allocation.officer, allocation.allocated_at):
        yield allocated(allocation)
    if allocation.ended_at is not None and allocation.ended_at != before.get("ended_at"):
        yield ended(allocation)


def allocated(allocation: Allocation) -> Event:
    """The officer became the child's."""
    named: dict[str, Any] = {
        "subject_id": allocation.id,
        "child_id": allocation.child_id,
        "occasion": new_id(),
        "officer": allocation.officer,
        "allocated_at": allocation.allocated_at,
    }
    if allocation.role == AllocationRole.IRO:
        return IroAllocated(**named)
    return OfficerAllocated(**named, role=allocation.role)


def ended(allocation: Allocation) -> Event:
    """The officer ceased to be the child's."""
    assert allocation.ended_at is not None
    return AllocationEnded(
        subject_id=allocation.id,
        child_id=allocation.child_id,
        occasion=new_id(),
        officer=allocation.officer,
        role=allocation.role,
        ended_at=allocation.ended_at,
        end_reason=allocation.end_reason,
    )
