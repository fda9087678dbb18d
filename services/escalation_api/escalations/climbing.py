"""Going from stage to stage: the one that is left, the one that is opened, and what was still waiting at the first."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.clocks import begin_clocks
from services.escalation_api.escalations.models import Escalation, EscalationStep
from services.escalation_api.escalations.parts import waiting_at
from services.escalation_api.escalations.stages import EscalationStage, Why
from shared.refusals import TransitionRefused
from shared.timescales.ladder import Ladder, Stage


async def put_at(
    session: AsyncSession,
    escalation: Escalation,
    ladder: Ladder,
    stage: Stage,
    why: Why,
    step: EscalationStep,
) -> None:
    """Let it stand at this stage from the step on that brought it there."""
    left = await leave_stage(session, escalation, step.taken_at)
    if left is None:
        await begin_clocks(session, escalation)
    opened = EscalationStage(
        authority_id=escalation.authority_id,
        escalation_id=escalation.id,
        number=left.number + 1 if left else 1,
        ladder=ladder.code,
        stage=stage.code,
        formal=stage.formal,
        why=why,
        opened_by=step.taken_by,
        opened_at=step.taken_at,
    )
    session.add(opened)
    escalation.stand_at(ladder.code, stage.code, stage.formal, opened.id, step.taken_at)
    step.stage = stage.code


async def leave_stage(session: AsyncSession, escalation: Escalation, at: datetime) -> EscalationStage | None:
    """Close the stage at which it stands; an answer that still waited there is passed over."""
    stage = await current_stage(session, escalation)
    if stage is not None and stage.closed_at is None:
        stage.close(at)
        for response in await waiting_at(session, stage):
            response.leave()
    return stage


async def current_stage(session: AsyncSession, escalation: Escalation) -> EscalationStage | None:
    """The visit of the stage at which it stands, or stood last; None before there is one."""
    if escalation.stage_id is None:
        return None
    return await session.get(EscalationStage, (escalation.authority_id, escalation.stage_id))


async def stage_it_stands_at(session: AsyncSession, escalation: Escalation) -> EscalationStage:
    """The same. Raises TransitionRefused before there is one."""
    stage = await current_stage(session, escalation)
    if stage is None:
        raise TransitionRefused("This escalation stands at no stage yet: try again shortly.", code="no_stage")
    return stage
