"""Recording a placement, and taking one back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.queries import period_of
from services.reviews_api.placements.models import Placement
from services.reviews_api.placements.queries import check_alone
from services.reviews_api.placements.rules import check_code, check_dates, designated_codes
from services.reviews_api.placements.schemas import PlacementBody
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import tell
from services.reviews_api.withdrawing import check_nothing_about, to_withdraw, withdraw
from shared.db.base import new_id
from shared.deadlines.turns import take_turn
from shared.events.care_events import PlacementEnded, PlacementStarted
from shared.events.language import Event
from shared.http.door import Door


async def put_placement(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: PlacementBody,
    if_match: str | None,
) -> Written[Placement]:
    """Create or replace a placement, and work out anew what is owed in it: visits, a plan, notifications.

    Raises NotFound for an unknown care period, Contradiction for days or a code that cannot be, or for a second
    placement at the same time.
    """
    period = await period_of(session, authority, body.care_period)
    check_dates(door, period, body)
    check_code(body)
    await take_turn(session, authority, [period.id])  # of two who place the child at once, one sees the other
    fixed = {"care_period_id": period.id, "child_id": period.child_id}
    values = _values(body)
    written = await write(session, Placement, authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        await check_alone(session, written.record)
        await tell(session, door, written.record, [period.id], happenings(written.record, written.before))
    return written


async def withdraw_placement(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Placement:
    """The child never lived there: nothing is owed for it. Raises NotFound, TransitionRefused."""
    placement = await to_withdraw(session, Placement, authority, reference, body)
    await check_nothing_about(session, placement)
    histories, given = [placement.care_period_id], body.given(if_match)
    await withdraw(session, door, placement, placement.child_id, histories, body.because, given)
    return placement


def _values(body: PlacementBody) -> dict[str, Any]:
    designation = body.designation
    return {
        **body.values("care_period", "designation"),
        "designated_on": designation.on if designation else None,
        "designated_codes": designated_codes(designation),
    }


def happenings(placement: Placement, before: Mapping[str, Any]) -> Iterator[Event]:
    """What changed, in the past tense."""
    named = {"subject_id": placement.id, "child_id": placement.child_id}
    if placement.started_on != before.get("started_on"):
        yield PlacementStarted(
            **named,
            occasion=new_id(),
            started_on=placement.started_on,
            placement_type=placement.placement_type,
        )
    if placement.ended_on is not None and placement.ended_on != before.get("ended_on"):
        yield PlacementEnded(**named, occasion=new_id(), ended_on=placement.ended_on)
