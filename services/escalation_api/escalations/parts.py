"""Reading the parts of an escalation, each kind in the order in which they came about."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.models import Escalation, EscalationStep
from services.escalation_api.escalations.promises import Promise
from services.escalation_api.escalations.responses import Response, ResponseState
from services.escalation_api.escalations.stages import EscalationStage


async def steps_of(session: AsyncSession, escalation: Escalation) -> Sequence[EscalationStep]:
    """Every step it has taken."""
    query = select(EscalationStep).where(
        EscalationStep.authority_id == escalation.authority_id, EscalationStep.escalation_id == escalation.id
    )
    return (await session.scalars(query.order_by(EscalationStep.version))).all()


async def stages_of(session: AsyncSession, escalation: Escalation) -> Sequence[EscalationStage]:
    """The visits of stages."""
    query = select(EscalationStage).where(
        EscalationStage.authority_id == escalation.authority_id,
        EscalationStage.escalation_id == escalation.id,
    )
    return (await session.scalars(query.order_by(EscalationStage.number))).all()


async def responses_of(session: AsyncSession, escalation: Escalation) -> Sequence[Response]:
    """Every answer, also drafts and what was discarded."""
    query = select(Response).where(
        Response.authority_id == escalation.authority_id, Response.escalation_id == escalation.id
    )
    return (await session.scalars(query.order_by(Response.id))).all()


async def waiting_at(session: AsyncSession, stage: EscalationStage) -> Sequence[Response]:
    """The answer that is drafted at this visit of a stage, or waits there to be decided on; there is one at most."""
    query = select(Response).where(
        Response.authority_id == stage.authority_id,
        Response.stage_id == stage.id,
        Response.state.in_((ResponseState.DRAFT, ResponseState.SENT)),
    )
    return (await session.scalars(query)).all()


async def promises_of(session: AsyncSession, escalation: Escalation) -> Sequence[Promise]:
    """What was promised in it."""
    query = select(Promise).where(
        Promise.authority_id == escalation.authority_id, Promise.escalation_id == escalation.id
    )
    return (await session.scalars(query.order_by(Promise.id))).all()
