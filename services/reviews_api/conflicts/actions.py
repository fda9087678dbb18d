"""Declaring a conflict of interest, and taking one back."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.models import Child
from services.reviews_api.conflicts.models import Conflict
from services.reviews_api.conflicts.schemas import ConflictBody
from services.reviews_api.record import Written, get_standing, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.workforce_events import ConflictDeclared
from shared.http.door import Door


async def put_conflict(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: ConflictBody,
    if_match: str | None,
) -> Written[Conflict]:
    """Declare a conflict, or correct one. An allocation that stands already is left for somebody to end.

    Raises NotFound for an unknown child, Contradiction for a day to come.
    """
    day_not_in_the_future(door, "declared_on", body.declared_on)
    child = await get_standing(session, Child, authority, body.child, "/child")
    fixed = {"child_id": child.id, "officer": body.officer}
    values = body.values("child", "officer")
    written = await write(session, Conflict, authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        await tell(session, door, written.record, [], [_happening(written.record)])
    return written


async def withdraw_conflict(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Conflict:
    """It is over, or never was. Raises NotFound, TransitionRefused."""
    conflict = await to_withdraw(session, Conflict, authority, reference, body)
    await withdraw(session, door, conflict, conflict.child_id, [], body.because, body.given(if_match))
    return conflict


def _happening(conflict: Conflict) -> ConflictDeclared:
    return ConflictDeclared(
        subject_id=conflict.id, child_id=conflict.child_id, occasion=new_id(), officer=conflict.officer
    )
