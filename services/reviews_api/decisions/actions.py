"""Making decisions, carrying them out, and taking one back."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.decisions.happenings import happenings, told
from services.reviews_api.decisions.models import Decision
from services.reviews_api.decisions.rules import check_carried, check_made, check_state
from services.reviews_api.decisions.schemas import DecisionBody
from services.reviews_api.record import Written, get, get_standing, write
from services.reviews_api.reviews.models import Review
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.events.outbox import publish
from shared.http.door import Door
from shared.http.versions import check_version_if_sent
from shared.refusals import TransitionRefused

Step = Callable[[Decision], None]


async def put_decision(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: DecisionBody,
    if_match: str | None,
) -> Written[Decision]:
    """Create or replace a decision. Raises NotFound for an unknown review or earlier decision, Contradiction for
    what cannot be."""
    check_state(door, body)
    # Locked, so that it is not withdrawn meanwhile.
    review = await get_standing(session, Review, authority, body.review, "/review", lock=True)
    check_made(review)
    fixed = {"review_id": review.id, "child_id": review.child_id}
    carried = await _carried_from(session, authority, review, body.carried_from)
    values = body.values("review", "carried_from") | {"carried_from_id": carried}
    written = await write(session, Decision, authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        events = happenings(written.record, written.before)
        await publish(session, authority, events, door.clock.now())
    return written


async def take_step(
    session: AsyncSession, door: Door, authority: str, reference: str, step: Step, if_match: str | None
) -> Decision:
    """Let the decision take one of its steps. Raises NotFound, TransitionRefused, or Contradiction for a day that
    cannot be."""
    decision = await get_standing(session, Decision, authority, reference, lock=True)
    check_version_if_sent(if_match, decision.version)
    before = told(decision)
    step(decision)
    day_not_in_the_future(door, "started_on", decision.started_on)
    day_not_in_the_future(door, "done_on", decision.done_on)
    await session.flush()
    await publish(session, authority, happenings(decision, before), door.clock.now())
    return decision


async def withdraw_decision(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Decision:
    """It was never made. Raises NotFound, TransitionRefused while a later review's decision takes it up again."""
    decision = await to_withdraw(session, Decision, authority, reference, body)
    if await _is_carried_over(session, decision):
        raise TransitionRefused("A later decision takes this one up: withdraw that first.", code="rested_on")
    await withdraw(session, door, decision, decision.child_id, [], body.because, body.given(if_match))
    return decision


async def _carried_from(
    session: AsyncSession, authority: str, review: Review, reference: str | None
) -> UUID | None:
    if reference is None:
        return None
    earlier = await get_standing(session, Decision, authority, reference, "/carried_from", lock=True)
    check_carried(earlier, await get(session, Review, authority, str(earlier.review_id)), review)
    return earlier.id


async def _is_carried_over(session: AsyncSession, decision: Decision) -> bool:
    later = select(Decision.id).where(
        Decision.authority_id == decision.authority_id,
        Decision.carried_from_id == decision.id,
        Decision.withdrawn_at.is_(None),
    )
    return bool(await session.scalar(select(exists(later))))
