"""Who may be whose officer: independent of the case, and the same for brothers and sisters."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import Allocation, AllocationRole
from services.reviews_api.allocations.queries import siblings_of, standing_of
from services.reviews_api.allocations.schemas import AllocationBody
from services.reviews_api.conflicts.queries import conflicts_of
from services.reviews_api.known import write_pending
from services.reviews_api.workers.models import OFFICERS, WorkerRole
from services.reviews_api.workers.queries import known_worker
from shared.refusals import Contradiction
from shared.timescales.london import london_date

CONFLICT, SIBLINGS, LEFT, NOT_INDEPENDENT = (
    "conflict_of_interest",
    "siblings_share_an_officer",
    "officer_not_in_post",
    "not_independent",
)
COVER = "cover"
MAY_HOLD_CASES = OFFICERS | {WorkerRole.IRO_MANAGER}
WHY = {
    CONFLICT: "A conflict of interest is declared between this officer and the child.",
    SIBLINGS: "A brother or sister in care has another officer: give a `sibling_reason`, or allocate theirs.",
}


def check_shape(body: AllocationBody) -> None:
    """Raise Contradiction unless it is of a care period, or for another role than a reviewing officer's of a child,
    and where an end has its reason but no date."""
    if body.care_period is None and (body.role == AllocationRole.IRO or body.child is None):
        needed = "care_period" if body.role == AllocationRole.IRO else "child"
        raise Contradiction(f"An allocation in this role needs `{needed}`.", pointer=f"/{needed}")
    if body.care_period is not None and body.child is not None:
        raise Contradiction("Give the care period or the child, not both.", pointer="/child")
    if body.end_reason is not None and body.ended_at is None:
        raise Contradiction("Only an allocation that ended has a reason for it.", pointer="/end_reason")
    check_cover(body.reason, body.until_on, body.allocated_at)


def check_cover(reason: str | None, until_on: date | None, at: datetime) -> None:
    """Raise Contradiction for a last London date that is of no cover, or lies before the UTC instant it begins."""
    if until_on is None:
        return
    if reason != COVER:
        raise Contradiction("Only cover is meant to last until a date.", pointer="/until_on")
    if until_on < london_date(at):
        raise Contradiction("Cover cannot end before it begins.", pointer="/until_on")


async def check_allowed(session: AsyncSession, allocation: Allocation, now: datetime) -> None:
    """Raise Contradiction for an officer who cannot be, or may not be, this child's now. What has ended stands as it
    was."""
    if not allocation.in_force(now):
        return
    at = allocation.allocated_at
    await check_officer(session, allocation.authority_id, allocation.officer, at, "/officer")
    pairs = await conflicts_of(session, allocation.authority_id, [allocation.child_id])
    if (allocation.child_id, allocation.officer) in pairs:
        raise Contradiction(WHY[CONFLICT], code=CONFLICT, pointer="/officer")
    await _check_siblings(session, allocation, now)


async def check_officer(
    session: AsyncSession, authority: str, officer: str, at: datetime, pointer: str
) -> None:
    """Raise Contradiction for a known worker who is not in post at this UTC instant, or who may be no officer.

    Legal: SI 2010/959 reg 46, a reviewing officer has no part in the case. One not known here is taken on trust.
    """
    worker = await known_worker(session, authority, officer)
    if worker is None:
        return
    if not worker.worked_on(london_date(at)):
        raise Contradiction("This officer is not in post on that date.", code=LEFT, pointer=pointer)
    if worker.role not in MAY_HOLD_CASES:
        raise Contradiction(
            "This worker is neither a reviewing officer nor a conference chair, nor manages those.",
            code=NOT_INDEPENDENT,
            pointer=pointer,
        )


async def _check_siblings(session: AsyncSession, allocation: Allocation, now: datetime) -> None:
    if allocation.role != AllocationRole.IRO or allocation.sibling_reason is not None:
        return
    authority, child = allocation.authority_id, allocation.child_id
    siblings = await siblings_of(session, authority, child)
    if not siblings:
        return
    await write_pending(session)  # a batch may have allocated theirs just now
    theirs = await standing_of(session, authority, AllocationRole.IRO, [child, *siblings], now)
    mine = theirs.pop(child, None)
    if mine is allocation and any(each.officer != allocation.officer for each in theirs.values()):
        raise Contradiction(WHY[SIBLINGS], code=SIBLINGS, pointer="/officer")
