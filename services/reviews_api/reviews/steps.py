"""The steps that a review takes, each in its own transaction."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.queries import period_of
from services.reviews_api.exemptions.rules import check_approver
from services.reviews_api.record import get_standing
from services.reviews_api.reviews.actions import check_participation
from services.reviews_api.reviews.happenings import happenings, watched
from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.rules import check_sound
from services.reviews_api.reviews.step_schemas import CancelBody, PostponeBody
from services.reviews_api.timeline import tell
from shared.auth.principal import Principal
from shared.clock import today
from shared.http.door import Door
from shared.http.versions import check_version_if_sent

Step = Callable[[Review], None]


async def take_step(
    session: AsyncSession, door: Door, authority: str, reference: str, step: Step, if_match: str | None
) -> Review:
    """Let the review take one of its steps; the deadlines follow, and the events are told.

    Raises NotFound, TransitionRefused where the state does not allow it, Contradiction for days that cannot be.
    """
    review = await get_standing(session, Review, authority, reference, lock=True)
    check_version_if_sent(if_match, review.version)
    period = await period_of(session, authority, str(review.care_period_id))
    before = watched(review)
    step(review)
    check_sound(door, period, _as_stored(review))
    if review.held_on != before["held_on"]:
        await check_participation(session, period, review.participation, review.held_on)
    await session.flush()
    await tell(session, door, review, [period.id], happenings(review, before))
    return review


async def postpone(
    session: AsyncSession,
    door: Door,
    who: Principal,
    reference: str,
    body: PostponeBody,
    if_match: str | None,
) -> Review:
    """Put a review off, as somebody who may do so approved."""
    check_approver(who, body.approved_by)
    return await take_step(session, door, who.authority, reference, body.step, if_match)


async def cancel(
    session: AsyncSession, door: Door, who: Principal, reference: str, body: CancelBody, if_match: str | None
) -> Review:
    """Cancel a review today, as somebody who may do so approved."""
    check_approver(who, body.approved_by)
    day = today(door.clock)

    def step(review: Review) -> None:
        review.cancel(day, body.approval(), body.because)

    return await take_step(session, door, who.authority, reference, step, if_match)


def _as_stored(review: Review) -> dict[str, object]:
    return {column.key: getattr(review, column.key) for column in Review.__table__.columns}
