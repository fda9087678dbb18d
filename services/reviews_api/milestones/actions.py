"""Recording a milestone, and taking one back."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.histories.queries import Home, home_among
from services.reviews_api.milestones.kinds import MILESTONES
from services.reviews_api.milestones.models import MilestoneRecord
from services.reviews_api.milestones.schemas import MilestoneBody
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.between_events import MilestoneCompleted
from shared.http.door import Door
from shared.refusals import Contradiction
from shared.timescales.kinds import KINDS


async def put_milestone(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: MilestoneBody,
    if_match: str | None,
) -> Written[MilestoneRecord]:
    """Create or replace a milestone, and work out anew the deadlines that it meets.

    Raises NotFound for an unknown history, Contradiction for what cannot be.
    """
    told = KINDS[MILESTONES[body.kind].fact]
    home = await home_among(session, authority, body.history, told.histories)
    check_codes(body)
    check_day(door, home, body, early=told.early)
    fixed = {"history_id": home.id, "child_id": home.child_id, "kind": body.kind}
    values, given = body.values("history", "kind"), body.given(if_match)
    written = await write(session, MilestoneRecord, authority, reference, fixed, values, given)
    if written.changed:
        await tell(session, door, written.record, [home.id], [happening(written.record)])
    return written


async def withdraw_milestone(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> MilestoneRecord:
    """It was not so: the deadline that it met is open again. Raises NotFound, TransitionRefused."""
    milestone = await to_withdraw(session, MilestoneRecord, authority, reference, body)
    histories, given = [milestone.history_id], body.given(if_match)
    await withdraw(session, door, milestone, milestone.child_id, histories, body.because, given)
    return milestone


def check_codes(body: MilestoneBody) -> None:
    """Raise Contradiction for a code that such a milestone does not carry, or that says what it cannot."""
    known = MILESTONES[body.kind].codes
    for code, value in body.codes.items():
        if code not in known:
            raise Contradiction(
                f"It carries no such code; it may carry: {', '.join(known)}.", pointer="/codes"
            )
        if value not in known[code]:
            raise Contradiction(
                f"This code must be one of: {', '.join(known[code])}.", pointer=f"/codes/{code}"
            )


def check_day(door: Door, home: Home, body: MilestoneBody, *, early: bool) -> None:
    """Raise Contradiction for a day still to come, or outside the time of care unless it may be `early`."""
    day_not_in_the_future(door, "completed_on", body.completed_on)
    if not early:
        home.must_cover(body.completed_on, "completed_on")


def happening(milestone: MilestoneRecord) -> MilestoneCompleted:
    """What was recorded, in the past tense."""
    return MilestoneCompleted(
        subject_id=milestone.id,
        child_id=milestone.child_id,
        occasion=new_id(),
        kind=milestone.kind,
        completed_on=milestone.completed_on,
    )
