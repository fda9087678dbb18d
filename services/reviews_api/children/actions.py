"""Writing a child's record, and taking one back."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.births import birth, birth_of
from services.reviews_api.children.models import Child
from services.reviews_api.children.schemas import ChildBody
from services.reviews_api.protection_plans.told import plans_told
from services.reviews_api.record import Written, find_to_put, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import tell
from services.reviews_api.withdrawing import (
    check_nothing_names,
    check_nothing_rests_on,
    to_withdraw,
    withdraw,
)
from shared.db.base import new_id
from shared.events.care_events import ChildUpserted
from shared.http.door import Door
from shared.http.versions import Saved


async def put_child(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: ChildBody,
    if_match: str | None,
) -> Written[Child]:
    """Create or replace the child's record; the same content again changes nothing and says nothing.

    Raises TransitionRefused for one that was merged into another.
    """
    held = await find_to_put(session, Child, authority, reference)
    if held is not None:
        held.must_be_nobody_else()
    written = await write(
        session, Child, authority, reference, {}, body.values("reference"), body.given(if_match)
    )
    if written.changed:
        child, new = written.record, written.saved is Saved.CREATED
        known = birth_of(child, ()) if new else await birth(session, child)
        told = ChildUpserted(subject_id=child.id, child_id=child.id, occasion=new_id())
        # Whether a child was unborn when a plan started hangs on the birth.
        await tell(
            session, door, known, known.histories, [told], [] if new else await plans_told(session, child)
        )
    return written


async def withdraw_child(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Child:
    """There is no such child. Raises NotFound, TransitionRefused while anything is recorded of them, or for one that
    was merged into another."""
    child = await to_withdraw(session, Child, authority, reference, body)
    child.must_be_nobody_else()
    known = replace(await birth(session, child), born_on=None)
    histories, given = known.histories, body.given(if_match)
    await check_nothing_rests_on(session, authority, histories, [child.id])
    await check_nothing_names(session, authority, child.id, "child_id")
    await withdraw(session, door, child, child.id, histories, body.because, given, also=[known])
    return child
