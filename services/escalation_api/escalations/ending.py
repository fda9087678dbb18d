"""What must be so before an escalation ends, and what ends with it."""

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.models import Escalation, EscalationStep
from services.escalation_api.escalations.parts import promises_of
from services.escalation_api.escalations.promises import PromiseState
from services.escalation_api.escalations.responses import Response, ResponseVerb
from shared.auth.principal import Principal
from shared.refusals import Forbidden, TransitionRefused
from shared.timescales.london import london_date


async def must_be_nobody_who_answered(session: AsyncSession, escalation: Escalation, who: Principal) -> None:
    """Raise Forbidden for whoever wrote an answer to it: nobody decides on, or closes, an alert against themselves."""
    theirs = exists().where(
        Response.authority_id == escalation.authority_id,
        Response.escalation_id == escalation.id,
        or_(Response.drafted_by == who.subject, Response.sent_by == who.subject),
    )
    rewritten = exists().where(
        EscalationStep.authority_id == escalation.authority_id,
        EscalationStep.escalation_id == escalation.id,
        EscalationStep.verb == ResponseVerb.REWRITE,
        EscalationStep.taken_by == who.subject,
    )
    if await session.scalar(select(or_(theirs, rewritten))):
        raise Forbidden("You have answered this escalation: another officer decides on it.")


async def must_owe_nothing(session: AsyncSession, escalation: Escalation) -> None:
    """Raise TransitionRefused while something that was promised is neither done nor dropped."""
    owed = [each for each in await promises_of(session, escalation) if each.state == PromiseState.PROMISED]
    if owed:
        raise TransitionRefused(
            f"What was promised is not all done: {len(owed)} outstanding. Each can be kept, moved or dropped first.",
            code="promises_outstanding",
        )


async def drop_promises(session: AsyncSession, escalation: Escalation, step: EscalationStep) -> None:
    """What was promised and is not done ends with the escalation."""
    for promise in await promises_of(session, escalation):
        if promise.state == PromiseState.PROMISED:
            reason = f"The escalation was {step.to_state}."
            promise.drop(london_date(step.taken_at), step.taken_by or "", reason)
