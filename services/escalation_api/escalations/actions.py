"""What people do with escalations, each in the transaction of its request."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.children import child_id
from services.escalation_api.escalations import queries
from services.escalation_api.escalations.events import event_of
from services.escalation_api.escalations.models import Escalation, EscalationStep
from services.escalation_api.escalations.schemas import Raising
from shared.auth.principal import Principal
from shared.events.outbox import publish
from shared.http.versions import check_version


async def raise_informal_resolution(
    session: AsyncSession, who: Principal, body: Raising, now: datetime
) -> Escalation:
    """Raise a concern about a child. Raises NotFound where there is no such child."""
    about = await child_id(session, who.authority, body.child)
    escalation, step = Escalation.raised(who.authority, about, body.theme, body.concern, who.subject, now)
    session.add(escalation)
    return await _record(session, escalation, step)


async def accept(
    session: AsyncSession, who: Principal, id: UUID, if_match: str | None, concern: str | None, now: datetime
) -> Escalation:
    """Take a suggestion up. Raises NotFound, Stale, TransitionRefused."""
    escalation = await _read_by(session, who, id, if_match)
    return await _record(session, escalation, escalation.accept(who.subject, now, concern))


async def dismiss(
    session: AsyncSession, who: Principal, id: UUID, if_match: str | None, reason: str, now: datetime
) -> Escalation:
    """Decide against a suggestion. Raises NotFound, Stale, TransitionRefused."""
    escalation = await _read_by(session, who, id, if_match)
    return await _record(session, escalation, escalation.dismiss(who.subject, now, reason))


async def resolve(
    session: AsyncSession, who: Principal, id: UUID, if_match: str | None, outcome: str, now: datetime
) -> Escalation:
    """Close a concern that was put right. Raises NotFound, Stale, TransitionRefused."""
    escalation = await _read_by(session, who, id, if_match)
    return await _record(session, escalation, escalation.resolve(who.subject, now, outcome))


async def _read_by(session: AsyncSession, who: Principal, id: UUID, if_match: str | None) -> Escalation:
    """The escalation, locked; in the version the caller says they have read, where they say so."""
    escalation = await queries.get(session, who.authority, id, lock=True)
    if if_match is not None:
        check_version(if_match, escalation.version)
    return escalation


async def _record(session: AsyncSession, escalation: Escalation, step: EscalationStep) -> Escalation:
    """Store the step beside the change it made, and tell of it."""
    session.add(step)
    await session.flush()
    await publish(session, escalation.authority_id, [event_of(escalation, step)], step.taken_at)
    return escalation
