"""Putting a review on record as the case system holds it, and taking one back."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import period_of
from services.reviews_api.children.models import Child
from services.reviews_api.decisions.models import Decision
from services.reviews_api.record import Written, find_to_put, write
from services.reviews_api.reviews.happenings import happenings
from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.participation import check_age
from services.reviews_api.reviews.queries import decisions_of
from services.reviews_api.reviews.rules import check_approval, check_sound
from services.reviews_api.reviews.schemas import ReviewBody
from services.reviews_api.reviews.states import ReviewStatus
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import tell
from services.reviews_api.withdrawing import check_nothing_about, to_withdraw, withdraw
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.refusals import TransitionRefused

CANCELLED = ("cancelled_on", "cancelled_reason", "cancelled_by", "cancelled_because")


async def put_review(
    session: AsyncSession,
    door: Door,
    who: Principal,
    reference: str,
    body: ReviewBody,
    if_match: str | None,
) -> Written[Review]:
    """Create or replace a review. A changed or removed date is a correction: the deadlines follow.

    Raises NotFound for an unknown care period, Contradiction for what cannot be.
    """
    period = await period_of(session, who.authority, body.care_period)
    check_sound(door, period, body.content())
    await check_participation(session, period, body.participation, body.held_on)
    held = await find_to_put(session, Review, who.authority, reference)
    check_approval(who, held, body)
    fixed = {"care_period_id": period.id, "child_id": period.child_id}
    values = _values(held, body)
    written = await write(session, Review, who.authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        await tell(session, door, written.record, [period.id], happenings(written.record, written.before))
    return written


async def withdraw_review(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Review:
    """There was no such review: what it met is open again. Raises NotFound, TransitionRefused while its decisions
    stand."""
    review = await to_withdraw(session, Review, authority, reference, body)
    await check_nothing_about(session, review)
    if await decisions_of(session, review):
        raise TransitionRefused(
            f"Each {Decision.noun} of this review must be withdrawn first.", code="rested_on"
        )
    histories, given = [review.care_period_id], body.given(if_match)
    await withdraw(session, door, review, review.child_id, histories, body.because, given)
    return review


async def check_participation(
    session: AsyncSession, period: CarePeriod, code: str | None, held_on: Any
) -> None:
    """Raise Contradiction for a code of participation that the child is too old or too young for."""
    if code is None or held_on is None:
        return
    child = await session.get_one(Child, (period.authority_id, period.child_id))
    check_age(code, held_on, child.date_of_birth)


def _values(review: Review | None, body: ReviewBody) -> dict[str, Any]:
    """The review as the body has it; one that was cancelled stays so while nobody says it was held after all."""
    values = body.content()
    was_cancelled = review is not None and review.stands and review.status == ReviewStatus.CANCELLED
    if was_cancelled and body.cancelled_on is None and body.held_on is None:
        values |= {name: getattr(review, name) for name in CANCELLED}
    cancelled = values["cancelled_on"] is not None or (was_cancelled and body.held_on is None)
    return values | {"status": ReviewStatus.CANCELLED if cancelled else _status(body)}


def _status(body: ReviewBody) -> ReviewStatus:
    if body.held_on is not None:
        return ReviewStatus.HELD
    if body.adjourned_on is not None:
        return ReviewStatus.ADJOURNED
    return ReviewStatus.UNDER_WAY if body.meetings else ReviewStatus.PLANNED
