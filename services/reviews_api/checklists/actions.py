"""Defining a checklist, and changing one."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.checklists.models import Checklist, ChecklistVersion
from services.reviews_api.checklists.schemas import ChecklistBody
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.http.door import Door


async def put_checklist(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: ChecklistBody,
    if_match: str | None,
) -> Written[Checklist]:
    """Create or replace a checklist; what was answered before keeps the version that was asked."""
    values: dict[str, Any] = {
        "title": body.title,
        "items": [item.model_dump(mode="json") for item in body.items],
    }
    written = await write(session, Checklist, authority, reference, {}, values, body.given(if_match))
    if written.changed:
        checklist = written.record
        session.add(
            ChecklistVersion(
                authority_id=authority, checklist_id=checklist.id, version=checklist.version, **values
            )
        )
        await session.flush()
    return written


async def withdraw_checklist(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Checklist:
    """It is asked no more; what was answered stays. Raises NotFound, TransitionRefused."""
    checklist = await to_withdraw(session, Checklist, authority, reference, body)
    await withdraw(session, door, checklist, None, [], body.because, body.given(if_match))
    return checklist
